import TerminalUI

/// Shapes as the screen writes them.
enum ShapeText {
  /// As in `64×128`; a scalar is `scalar`.
  static func of(_ shape: [Int]) -> String {
    shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "×")
  }
}

/// Magnitudes in few columns.
enum MagnitudeText {
  /// Two significant digits: `0.031`, `12`, `1.2e−5`.
  static func of(_ value: Float) -> String {
    NumberText.trimmed(NumberText.significant(Double(value), digits: 2))
  }
}
