/// A small picture of a tensor, so that a recorded run can be shown without running it again.
package struct Thumbnail: Sendable, Equatable, Codable {
  /// The node's name.
  package var node: String
  /// Which of its tensors it is of.
  package var view: TensorView
  /// The tensor's own shape.
  package var shape: [Int]
  /// The rows of the picture, at most 32.
  package var rows: Int
  /// The columns of the picture, at most 32.
  package var columns: Int
  /// Means of the tensor's cells, row by row: 0 is `minimum` and 255 is `maximum`.
  package var levels: [UInt8]
  /// The smallest of the cells.
  package var minimum: Float
  /// The greatest of the cells.
  package var maximum: Float

  /// A picture.
  package init(
    node: String, view: TensorView, shape: [Int], rows: Int, columns: Int, levels: [UInt8], minimum: Float,
    maximum: Float
  ) {
    self.node = node
    self.view = view
    self.shape = shape
    self.rows = rows
    self.columns = columns
    self.levels = levels
    self.minimum = minimum
    self.maximum = maximum
  }
}
