/// How text is set, apart from its colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// The bits of the attributes that are on.
  public let rawValue: UInt8

  /// The attributes whose bits are on in `rawValue`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// Slanted.
  public static let italic = Attributes(rawValue: 4)
  /// Underlined.
  public static let underline = Attributes(rawValue: 8)
  /// Foreground and background changed for each other.
  public static let reverse = Attributes(rawValue: 16)
}
