/// How text is set, apart from its colour.
package struct Attributes: OptionSet, Hashable, Sendable {
  /// The bits of the attributes that are on.
  package let rawValue: UInt8

  /// The attributes whose bits are on in `rawValue`.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier or brighter.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter.
  package static let dim = Attributes(rawValue: 2)
  /// Slanted.
  package static let italic = Attributes(rawValue: 4)
  /// Underlined.
  package static let underline = Attributes(rawValue: 8)
  /// Foreground and background changed for each other.
  package static let reverse = Attributes(rawValue: 16)
}
