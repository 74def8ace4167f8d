import Numbers
import TerminalUI
import Trace

extension GradientComparison.Judgement {
  /// A mark and its colour for what a comparison shows.
  var look: (mark: String, color: Color) {
    switch self {
    case .agrees: ("✓", Accents.good)
    case .differs, .isNotFinite: ("✗", Accents.bad)
    case .provesNothing: ("?", Accents.warning)
    }
  }
}

extension GradientComparison {
  /// One of its numbers in up to this many significant digits.
  static func text(_ value: Double, _ digits: Int) -> String {
    NumberText.trimmed(NumberText.significant(value, digits: digits))
  }
}
