/// Numbers in rows and columns.
public struct Matrix: Hashable, Sendable {
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// The numbers, row by row.
  public let values: [Float]

  /// A matrix; rows for which there are not enough values are left out.
  public init(rows: Int, columns: Int, values: [Float]) {
    self.columns = max(0, columns)
    self.rows = columns > 0 ? min(max(0, rows), values.count / columns) : 0
    self.values = values
  }

  /// Whether it has no entry.
  public var isEmpty: Bool { rows == 0 || columns == 0 }

  /// The number in that row and column; nil outside.
  public subscript(row: Int, column: Int) -> Float? {
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    return values[row * columns + column]
  }

  /// The place of an entry.
  public struct Place: Hashable, Sendable {
    /// The row, from 0.
    public let row: Int
    /// The column, from 0.
    public let column: Int

    /// The place in that row and column.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }
}
