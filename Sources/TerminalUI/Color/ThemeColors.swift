/// A colour for each role.
struct ThemeColors: Sendable {
  private var colors = [Color](repeating: .default, count: Role.allCases.count)

  /// These colours as `0xRRGGBB`.
  init(_ colors: [Role: UInt32], series: [UInt32], heat: [UInt32]) {
    for (role, color) in colors { self[role] = .hex(color) }
    for (role, color) in zip(Role.series, series) { self[role] = .hex(color) }
    for (role, color) in zip(Role.heat, heat) { self[role] = .hex(color) }
  }

  /// These of the terminal's own 16 colours.
  init(ansi colors: [Role: UInt8], series: [UInt8], heat: [UInt8]) {
    for (role, color) in colors { self[role] = .ansi(color) }
    for (role, color) in zip(Role.series, series) { self[role] = .ansi(color) }
    for (role, color) in zip(Role.heat, heat) { self[role] = .ansi(color) }
  }

  /// The colour of a role.
  subscript(role: Role) -> Color {
    get { colors[Int(role.rawValue)] }
    set { colors[Int(role.rawValue)] = newValue }
  }
}
