/// What a screen can show.
public struct Capabilities: Hashable, Sendable {
  /// How many colours.
  public let colorSupport: ColorSupport
  /// The characters to draw with.
  public let glyphs: Glyphs

  /// Those colours, and Unicode or only ASCII.
  public init(colorSupport: ColorSupport = .trueColor, isUnicode: Bool = true) {
    self.colorSupport = colorSupport
    self.glyphs = isUnicode ? .unicode : .ascii
  }

  /// Every colour, and Unicode.
  public static let full = Capabilities()
}
