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
  package init(theme: Theme) {
    self.theme = theme
    let usual: Theme = theme.isDark ? .dark : .light
    let black = RGB(red: 0, green: 0, blue: 0)
    // A theme may leave both to the terminal, which a file does not have.
    text = PictureColors.rgb(theme.color(.text)) ?? PictureColors.rgb(usual.color(.text)) ?? black
    ground =
      PictureColors.rgb(theme.color(.background)) ?? PictureColors.rgb(usual.color(.background)) ?? black
  }

  /// The colours of the dark theme or the light one.
  package init(_ theme: PictureTheme) { self.init(theme: theme.theme) }

  /// A colour of a cell; nil for the default one.
  func rgb(_ color: Color) -> RGB? { PictureColors.rgb(theme.resolve(color)) }

  private static func rgb(_ color: Color) -> RGB? {
    switch color {
    case .rgb(let red, let green, let blue): return RGB(red: red, green: green, blue: blue)
    case .ansi(let index):
      let (red, green, blue) = Palette16.components(index)
      return RGB(red: red, green: green, blue: blue)
    case .default, .role, .blend: return nil
    }
  }

  /// How cells of a style are painted.
  func paint(_ style: Style) -> Paint {
    let style = theme.resolve(style)
    var ink = PictureColors.rgb(style.foreground) ?? text
    var paper = PictureColors.rgb(style.background)
    if paper == ground { paper = nil }
    if style.attributes.contains(.reverse) { (ink, paper) = (paper ?? ground, ink) }
    if style.attributes.contains(.dim) { ink = ink.mixed(with: paper ?? ground, PictureColors.dimness) }
    return Paint(
      ink: ink, paper: paper, isBold: style.attributes.contains(.bold),
      isItalic: style.attributes.contains(.italic), isUnderlined: style.attributes.contains(.underline))
  }
}
