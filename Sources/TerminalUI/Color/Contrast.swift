import Numbers

extension Color {
  /// The relative luminance, 0 (black) to 1 (white); nil where only a theme or the terminal knows.
  ///
  /// **Source**: Web Content Accessibility Guidelines 2.2, "relative luminance".
  package var luminance: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return 0.2126 * Color.linear[Int(red)] + 0.7152 * Color.linear[Int(green)]
      + 0.0722 * Color.linear[Int(blue)]
  }

  /// The contrast with another colour, 1 to 21; nil where one of them is not known.
  ///
  /// **Source**: Web Content Accessibility Guidelines 2.2, "contrast ratio"; text has to reach 4.5.
  package func contrast(with other: Color) -> Double? {
    guard let luminance, let otherLuminance = other.luminance else { return nil }
    return (max(luminance, otherLuminance) + 0.05) / (min(luminance, otherLuminance) + 0.05)
  }

  /// The light of each value of a channel.
  private static let linear: [Double] = (0...255).map { value in
    let channel = Double(value) / 255
    return channel <= 0.04045 ? channel / 12.92 : Logarithm.power(of: (channel + 0.055) / 1.055, real: 2.4)
  }
}
