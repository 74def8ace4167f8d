/// A colour for each ``Role``.
///
/// What is drawn holds roles; they become colours when cells are sent to a terminal or written to a file.
package struct Theme: Hashable, Sendable {
  /// What the user calls it.
  package let name: String
  /// Whether its background is dark.
  package let isDark: Bool
  /// Whether it leaves the terminal its own background and text.
  package let usesTerminalColors: Bool
  /// A colour of each role where there are at least 256.
  private let colors: ThemeColors
  /// A colour of each role among the terminal's own 16.
  private let fewColors: ThemeColors

  /// A theme; without `colors` it has the terminal's own ones everywhere.
  init(_ name: String, isDark: Bool, _ colors: ThemeColors? = nil) {
    self.name = name
    self.isDark = isDark
    usesTerminalColors = colors == nil
    var few: ThemeColors = isDark ? .fewOnDark : .fewOnLight
    if colors == nil { (few[.background], few[.text]) = (.default, .default) }
    fewColors = few
    self.colors = colors ?? few
  }

  /// Themes are the same that have the same name, on the same kind of screen.
  package static func == (left: Theme, right: Theme) -> Bool {
    left.name == right.name && left.isDark == right.isDark
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(isDark)
  }

  /// The colour of a role: red, green and blue, one of the terminal's own, or its default one.
  package func color(_ role: Role, _ support: ColorSupport = .trueColor) -> Color {
    support <= .ansi16 ? fewColors[role] : colors[role]
  }

  /// The colour without roles.
  package func resolve(_ color: Color, _ support: ColorSupport = .trueColor) -> Color {
    switch color {
    case .default, .rgb, .ansi: return color
    case .role(let role): return self.color(role, support)
    case .blend(let role, let other, let amount):
      let (from, to) = (self.color(role, support), self.color(other, support))
      guard case .rgb = from, case .rgb = to else {
        // The terminal's own colours cannot be mixed: what is still some of a colour keeps it.
        return other == .background && amount < 250 ? from : amount < 128 ? from : to
      }
      return from.mixed(with: to, Double(amount) / 255)
    }
  }

  /// The style without roles, as it is shown with that many colours.
  package func resolve(_ style: Style, _ support: ColorSupport = .trueColor) -> Style {
    guard support != .none else { return style.withoutColors }
    var style = style
    let hasFew = support == .ansi16 || usesTerminalColors
    // A terminal makes dim text as faint as it likes.
    if style.attributes.contains(.dim) {
      switch style.foreground {
      case .default, .role(.text), .role(.muted):
        style.foreground = .role(.muted)
        style.attributes.remove(.dim)
      case .role(let role) where !hasFew:
        style.foreground = .blend(role, .background, 76)
        style.attributes.remove(.dim)
      default: break
      }
    }
    // Few of the 16 can be read on one another.
    if hasFew { style.foreground = foreground(style.foreground, on: style.background) }
    style.foreground =
      style.foreground == .default ? color(.text, support) : resolve(style.foreground, support)
    style.background =
      style.background == .default ? color(.background, support) : resolve(style.background, support)
    return style
  }

  /// The colour of text on a background that is one of 16.
  private func foreground(_ foreground: Color, on background: Color) -> Color {
    switch background {
    case .role(.background), .default, .rgb, .ansi: foreground
    case .role(.selection): .role(.selectedText)
    case .role, .blend: .role(.inverseText)
    }
  }
}
