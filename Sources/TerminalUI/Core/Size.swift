/// A width and a height in cells; never negative.
package struct Size: Hashable, Sendable {
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int

  /// A size; negative numbers become 0.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// No columns and no rows.
  package static let zero = Size(width: 0, height: 0)

  /// Whether it holds no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }
}
