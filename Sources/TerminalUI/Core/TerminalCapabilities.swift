/// What a screen can show.
package struct TerminalCapabilities: Hashable, Sendable {
  /// How many colours.
  package let colorSupport: ColorSupport
  /// The characters to draw with.
  package let glyphs: Glyphs

  /// Those colours, and Unicode or only ASCII.
  package init(colorSupport: ColorSupport = .trueColor, isUnicode: Bool = true) {
    self.colorSupport = colorSupport
    self.glyphs = isUnicode ? .unicode : .ascii
  }

  /// Every colour, and Unicode.
  package static let full = TerminalCapabilities()
}
