/// Which of a node's tensors is looked at.
public enum TensorView: String, Sendable, CaseIterable, Codable {
  /// What forward computed; for a parameter its weights.
  case value
  /// The derivative of the loss with respect to the value.
  case gradient
  /// What the optimizer last added to a parameter.
  case update
}

/// A tensor's numbers at one moment.
public struct TensorSnapshot: Sendable, Equatable, Codable {
  /// The node's name, `fc1.weight`.
  public var node: String
  public var view: TensorView
  public var shape: [Int]
  /// The values in row-major order.
  public var values: [Float]
  public var statistics: TensorStatistics

  /// A snapshot of the given values, with their statistics.
  public init(node: String, view: TensorView, shape: [Int], values: [Float]) {
    self.node = node
    self.view = view
    self.shape = shape
    self.values = values
    statistics = TensorStatistics(values)
  }

  /// Rows and columns to draw: leading dimensions are folded into the rows; a vector is one row.
  public var matrixSize: (rows: Int, columns: Int) {
    let columns = shape.last ?? 1
    return (columns == 0 ? 0 : values.count / columns, columns)
  }
}
