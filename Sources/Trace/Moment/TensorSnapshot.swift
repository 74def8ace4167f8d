import Localization

/// Which of a node's tensors is shown.
public enum TensorView: String, Sendable, CaseIterable, Codable {
  /// What forward computed; for a parameter its weights.
  case value
  /// The derivative of the loss with respect to the value.
  case gradient
  /// What the optimizer last added to a parameter.
  case update

  /// What a sentence calls it.
  package var word: String {
    switch self {
    case .value: localized("value")
    case .gradient: localized("gradient")
    case .update: localized("update")
    }
  }
}

/// A tensor's numbers at one moment.
package struct TensorSnapshot: Sendable, Equatable, Codable {
  /// The node's name, `fc1.weight`.
  package var node: String
  /// Which of the node's tensors it is.
  package var view: TensorView
  /// The sizes of its dimensions.
  package var shape: [Int]
  /// The values in row-major order.
  package var values: [Float]
  /// The statistics of the values; where only some are there, of all that the tensor has.
  package var statistics: TensorStatistics
  /// What is special about it, in a few words: `float16`, or that only some rows are shown; nil for nothing.
  package var remark: String?

  /// A snapshot of the given values, with their statistics.
  package init(node: String, view: TensorView, shape: [Int], values: [Float]) {
    self.node = node
    self.view = view
    self.shape = shape
    self.values = values
    statistics = TensorStatistics(values)
  }

  /// A snapshot of values whose statistics are known.
  package init(
    node: String, view: TensorView, shape: [Int], values: [Float], statistics: TensorStatistics,
    remark: String?
  ) {
    self.node = node
    self.view = view
    self.shape = shape
    self.values = values
    self.statistics = statistics
    self.remark = remark
  }

  /// Rows and columns to draw: leading dimensions are folded into the rows; a vector is one row.
  package var matrixSize: (rows: Int, columns: Int) {
    let columns = shape.last ?? 1
    return (columns == 0 ? 0 : values.count / columns, columns)
  }
}
