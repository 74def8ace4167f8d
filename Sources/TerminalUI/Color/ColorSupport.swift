/// How many colours the terminal can show.
package enum ColorSupport: Int, CaseIterable, Comparable, Sendable {
  /// None: a monochrome terminal, or the user set `NO_COLOR`.
  case none
  /// The 16 ANSI colours.
  case ansi16
  /// The 256-colour palette.
  case palette256
  /// Any red, green and blue.
  case trueColor

  /// Fewer colours come first.
  package static func < (left: ColorSupport, right: ColorSupport) -> Bool { left.rawValue < right.rawValue }
}
