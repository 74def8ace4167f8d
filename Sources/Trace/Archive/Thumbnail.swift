/// A small picture of a tensor, so that a recorded run can be watched without running it again.
public struct Thumbnail: Sendable, Equatable, Codable {
  /// The node's name.
  public var node: String
  /// Which of its tensors it is of.
  public var view: TensorView
  /// The tensor's own shape.
  public var shape: [Int]
  /// The rows of the picture, at most 32.
  public var rows: Int
  /// The columns of the picture, at most 32.
  public var columns: Int
  /// Means of the tensor's cells, row by row: 0 stands for `minimum` and 255 for `maximum`.
  public var levels: [UInt8]
  /// The smallest of the cells.
  public var minimum: Float
  /// The greatest of the cells.
  public var maximum: Float

  /// A picture.
  public init(
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
