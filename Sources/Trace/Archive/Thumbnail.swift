/// A small picture of a tensor, so that a recorded run can be watched without running it again.
public struct Thumbnail: Sendable, Equatable {
  public var node: String
  public var view: TensorView
  /// The tensor's own shape.
  public var shape: [Int]
  /// Rows and columns of the picture, not more than 32 each.
  public var rows: Int
  public var columns: Int
  /// Means of the tensor's cells, row by row: 0 stands for `minimum` and 255 for `maximum`.
  public var levels: [UInt8]
  public var minimum: Float
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
