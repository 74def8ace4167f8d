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
  /// Which of the node's further tensors it is, `exp_avg`; nil for the usual one.
  package var part: String?
  /// The further tensors that the node has: `output 2` of an operator, `exp_avg` of what an optimizer remembers.
  package var parts: [String] = []
  /// The sizes of its dimensions.
  package var shape: [Int]
  /// The values in row-major order.
  package var values: [Float]
  /// The statistics of the values; where only some are there, of all that the tensor has.
  package var statistics: TensorStatistics
  /// What is special about it, in a few words: `float16`, or that only some rows are shown; nil for nothing.
  package var remark: String?
  /// Which cells are there of a tensor too large to be sent; nil where all are.
  package var thinning: Thinning?

  /// Some rows and columns of a large tensor, at even distances: the cells that are there are exact.
  package struct Thinning: Sendable, Equatable, Codable {
    /// The shape of the whole tensor.
    package var shape: [Int]
    /// The numbers of the rows that are there; leading dimensions are folded into the rows.
    package var rows: [Int]
    /// The numbers of the columns that are there.
    package var columns: [Int]
    /// A cell that was asked for: its place in the whole tensor in row-major order, and its number.
    package var asked: Asked?

    /// A cell of the whole tensor.
    package struct Asked: Sendable, Equatable, Codable {
      package var place: Int
      package var value: Float

      /// A cell with its number.
      package init(place: Int, value: Float) {
        self.place = place
        self.value = value
      }
    }

    /// Rows and columns of a tensor.
    package init(shape: [Int], rows: [Int], columns: [Int], asked: Asked? = nil) {
      self.shape = shape
      self.rows = rows
      self.columns = columns
      self.asked = asked
    }
  }

  /// The place in the whole tensor, in row-major order, of a cell that is shown.
  package func place(row: Int, column: Int) -> Int {
    guard let thinning, thinning.rows.indices.contains(row), thinning.columns.indices.contains(column) else {
      return row * matrixSize.columns + column
    }
    return thinning.rows[row] * (thinning.shape.last ?? 1) + thinning.columns[column]
  }

  /// The cell that is shown for a place in the whole tensor: it, or the nearest before it.
  package func cell(at place: Int) -> (row: Int, column: Int) {
    guard let thinning else {
      let columns = max(1, matrixSize.columns)
      return (place / columns, place % columns)
    }
    let columns = max(1, thinning.shape.last ?? 1)
    return (
      thinning.rows.lastIndex { $0 <= place / columns } ?? 0,
      thinning.columns.lastIndex { $0 <= place % columns } ?? 0
    )
  }

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
