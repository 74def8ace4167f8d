import Localization

/// Shapes as the screen writes them.
enum ShapeText {
  /// As in `64×128`; a scalar is `scalar`.
  static func of(_ shape: [Int]) -> String {
    shape.isEmpty ? localized("scalar") : shape.map(String.init).joined(separator: "×")
  }
}
