import TerminalUI

/// The colours that cells have in a picture: the only place in which a cell's colour becomes red, green and blue.
package struct PictureColors: Sendable {
  /// Red, green and blue, 0 to 255 each.
  package struct RGB: Hashable, Sendable {
    let red, green, blue: UInt8

    /// The colour as `#rrggbb`, or as `#rgb` where that is the same.
    var hex: String {
      let channels = [red, green, blue]
      let isShort = channels.allSatisfy { $0 >> 4 == $0 & 15 }
      return channels.reduce(into: "#") { text, channel in
        if !isShort, channel < 16 { text += "0" }
        text += String(isShort ? channel & 15 : channel, radix: 16)
      }
    }

    /// The colour part of the way to `other`.
    func mixed(with other: RGB, _ amount: Double) -> RGB {
      func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
        UInt8((Double(from) + (Double(to) - Double(from)) * amount).rounded())
      }
      return RGB(
        red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }
  }

  /// How a cell is painted.
  struct Paint: Hashable {
    /// The colour of its character.
    var ink: RGB
    /// The colour behind it; nil for the ground.
    var paper: RGB?
    var isBold, isItalic, isUnderlined: Bool
  }

  /// How much of a dim character's colour is the ground's.
  private static let dimness = 0.45

  /// The colour of plain text.
  let text: RGB
  /// The colour behind plain text.
  let ground: RGB

  private let theme: Theme

  /// The colours of a theme.
  package init(_ theme: PictureTheme) {
    self.theme = theme == .dark ? .dark : .light
    text = PictureColors.rgb(self.theme.color(.text)) ?? RGB(red: 0, green: 0, blue: 0)
    ground = PictureColors.rgb(self.theme.color(.background)) ?? RGB(red: 255, green: 255, blue: 255)
  }

  /// A colour of a cell; nil for the default one.
  func rgb(_ color: Color) -> RGB? { PictureColors.rgb(theme.resolve(color)) }

  private static func rgb(_ color: Color) -> RGB? {
    guard case .rgb(let red, let green, let blue) = color else { return nil }
    return RGB(red: red, green: green, blue: blue)
  }

  /// How cells of a style are painted.
  func paint(_ style: Style) -> Paint {
    let resolved = theme.resolve(style)
    var ink = PictureColors.rgb(resolved.foreground) ?? text
    var paper = style.background == .default ? nil : PictureColors.rgb(resolved.background)
    if style.attributes.contains(.reverse) { (ink, paper) = (paper ?? ground, ink) }
    if resolved.attributes.contains(.dim) { ink = ink.mixed(with: paper ?? ground, PictureColors.dimness) }
    return Paint(
      ink: ink, paper: paper, isBold: style.attributes.contains(.bold),
      isItalic: style.attributes.contains(.italic), isUnderlined: style.attributes.contains(.underline))
  }
}
