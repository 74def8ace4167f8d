/// What a screen can show.
package struct TerminalCapabilities: Hashable, Sendable {
  /// How many colours.
  package let colorSupport: ColorSupport
  /// The characters to draw with.
  package let glyphs: Glyphs
  /// What the colours of roles are.
  package let theme: Theme

  /// Those colours, and Unicode or only ASCII.
  package init(colorSupport: ColorSupport = .trueColor, isUnicode: Bool = true, theme: Theme = .dark) {
    self.theme = theme
    self.colorSupport = colorSupport
    self.glyphs = isUnicode ? .unicode : .ascii
  }

  /// Every colour, and Unicode.
  package static let full = TerminalCapabilities()
}
