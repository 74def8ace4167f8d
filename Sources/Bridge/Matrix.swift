import Autograd

/// Rows of numbers on a plain array: what the hand-written network computes with, as NumPy would.
public struct Matrix: Equatable, Sendable {
  /// How many rows there are.
  public let rows: Int
  /// How many numbers a row has.
  public let columns: Int
  /// The numbers, row after row.
  public var values: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    values = Array(repeating: 0, count: rows * columns)
  }

  /// A matrix whose numbers are drawn, row after row.
  public init(rows: Int, columns: Int, _ draw: () -> Double) {
    self.init(rows: rows, columns: columns)
    for index in values.indices { values[index] = draw() }
  }

  /// The number in a row and column.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Rows and columns exchanged; NumPy's `x.T`.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }

  /// The matrix product; NumPy's `x @ y`.
  ///
  /// **Shapes**: `[m, k]` and `[k, n]` → `[m, n]`.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the inner sizes of a product agree")
    var result = Matrix(rows: rows, columns: other.columns)
    // Row by row of the right operand, so that the innermost loop runs along memory.
    values.withUnsafeBufferPointer { left in
      other.values.withUnsafeBufferPointer { right in
        result.values.withUnsafeMutableBufferPointer { target in
          for row in 0..<rows {
            for inner in 0..<columns {
              let factor = left[row * columns + inner]
              for column in 0..<other.columns {
                target[row * other.columns + column] += factor * right[inner * other.columns + column]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Each row plus the only row of `other`, as NumPy broadcasts it.
  public func adding(row other: Matrix) -> Matrix {
    var result = self
    for row in 0..<rows { for column in 0..<columns { result[row, column] += other[0, column] } }
    return result
  }

  /// The sums of the columns, as a matrix of one row; NumPy's `np.sum(x, axis=0, keepdims=True)`.
  public var columnSums: Matrix {
    var result = Matrix(rows: 1, columns: columns)
    for row in 0..<rows { for column in 0..<columns { result[0, column] += self[row, column] } }
    return result
  }

  /// `change` of each number.
  public func map(_ change: (Double) -> Double) -> Matrix {
    var result = self
    for index in values.indices { result.values[index] = change(values[index]) }
    return result
  }

  /// `combine` of each pair of numbers of two matrices of one shape.
  public func zip(_ other: Matrix, _ combine: (Double, Double) -> Double) -> Matrix {
    var result = self
    result.values = Array(unsafeUninitializedCapacity: values.count) { buffer, count in
      for index in values.indices { buffer[index] = combine(values[index], other.values[index]) }
      count = values.count
    }
    return result
  }

  /// The place of the greatest number of each row, the first of equals, NaN counting as greatest; NumPy's
  /// `np.argmax(x, axis=1)`.
  public var argmax: [Int] {
    (0..<rows).map { row in
      var best = 0
      for column in 0..<columns where !self[row, best].isNaN && !(self[row, column] <= self[row, best]) {
        best = column
      }
      return best
    }
  }
}
