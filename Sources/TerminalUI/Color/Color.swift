/// A colour of text or of its background.
package enum Color: Hashable, Sendable {
  /// That of text or of its background in the theme.
  case `default`
  /// Red, green and blue, 0 to 255 each; a terminal with fewer colours shows its nearest.
  case rgb(UInt8, UInt8, UInt8)
  /// The theme's colour for something.
  case role(Role)
  /// The way from one of the theme's colours to another, in 255ths.
  case blend(Role, Role, UInt8)
  /// One of the terminal's own 16 colours.
  case ansi(UInt8)

  /// The colour written as in the web's `0xRRGGBB`.
  package static func hex(_ value: UInt32) -> Color {
    .rgb(UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
  }

  /// Entry `index` of the 256-colour palette, as red, green and blue.
  package static func palette(_ index: UInt8) -> Color {
    let (red, green, blue) = Palette256.components(index)
    return .rgb(red, green, blue)
  }

  /// How light it looks, 0 (black) to 1 (white); nil where only a theme or the terminal knows.
  ///
  /// **Source**: the luminance of ITU-R BT.709, gamma taken as 2.
  package var lightness: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    func square(_ channel: UInt8) -> Double { Double(channel) * Double(channel) }
    return (0.2126 * square(red) + 0.7152 * square(green) + 0.0722 * square(blue)).squareRoot() / 255
  }

  /// The colour of text on this one.
  package var contrasting: Color {
    switch self {
    case .default, .ansi, .role(.background): .default
    case .role(.selection): .role(.selectedText)
    case .role, .blend: .role(.inverseText)
    // The contrast with black and with white is the same at this luminance.
    case .rgb: (luminance ?? 0) > 0.179 ? .rgb(0, 0, 0) : .rgb(255, 255, 255)
    }
  }

  /// The colour part of the way to `other`; `amount` 0 is this one, 1 is `other`.
  ///
  /// Two colours of a theme are mixed when the theme is known. With red, green and blue, a role is that of the dark theme.
  /// Of other pairs the nearer of the two is returned.
  package func mixed(with other: Color, _ amount: Double) -> Color {
    let part = amount.isNaN ? 0 : min(1, max(0, amount))
    switch (self, other) {
    case (.role(let role), .role(let otherRole)):
      return .blend(role, otherRole, UInt8((part * 255).rounded()))
    case (.rgb(let red, let green, let blue), .rgb(let otherRed, let otherGreen, let otherBlue)):
      func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
        UInt8((Double(from) + (Double(to) - Double(from)) * part).rounded())
      }
      return .rgb(mix(red, otherRed), mix(green, otherGreen), mix(blue, otherBlue))
    case (.role, .rgb), (.rgb, .role):
      return Theme.dark.resolve(self).mixed(with: Theme.dark.resolve(other), part)
    default:
      return part < 0.5 ? self : other
    }
  }
}
