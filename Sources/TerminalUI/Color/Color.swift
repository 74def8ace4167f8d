/// A colour of text or of its background.
package enum Color: Hashable, Sendable {
  /// Whatever the user's terminal uses by default.
  case `default`
  /// Red, green and blue, 0 to 255 each; a terminal with fewer colours shows its nearest.
  case rgb(UInt8, UInt8, UInt8)

  /// The colour written as in the web's `0xRRGGBB`.
  package static func hex(_ value: UInt32) -> Color {
    .rgb(UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
  }

  /// Entry `index` of the 256-colour palette, as red, green and blue.
  package static func palette(_ index: UInt8) -> Color {
    let (red, green, blue) = Palette256.components(index)
    return .rgb(red, green, blue)
  }

  /// A number of its own for every colour: 0 for the default, otherwise `0x1RRGGBB`.
  package var code: UInt32 {
    switch self {
    case .default: 0
    case .rgb(let red, let green, let blue):
      0x100_0000 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }
  }

  /// How light it looks, 0 (black) to 1 (white); nil for the default colour, which is not known.
  ///
  /// **Source**: the luminance of ITU-R BT.709, gamma taken as 2.
  package var lightness: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    func square(_ channel: UInt8) -> Double { Double(channel) * Double(channel) }
    return (0.2126 * square(red) + 0.7152 * square(green) + 0.0722 * square(blue)).squareRoot() / 255
  }

  /// The colour part of the way to `other`; `amount` 0 is this one, 1 is `other`.
  ///
  /// A default colour on either side cannot be mixed: the nearer of the two is returned.
  package func mixed(with other: Color, _ amount: Double) -> Color {
    guard case .rgb(let red, let green, let blue) = self,
      case .rgb(let otherRed, let otherGreen, let otherBlue) = other
    else { return amount < 0.5 ? self : other }
    let part = amount.isNaN ? 0 : min(1, max(0, amount))
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * part).rounded())
    }
    return .rgb(mix(red, otherRed), mix(green, otherGreen), mix(blue, otherBlue))
  }
}
