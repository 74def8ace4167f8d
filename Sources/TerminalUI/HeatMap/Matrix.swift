/// Numbers in rows and columns.
package struct Matrix: Hashable, Sendable {
  /// How many rows.
  package let rows: Int
  /// How many columns.
  package let columns: Int
  /// The numbers, row by row.
  package let values: [Float]

  /// A matrix; rows for which there are not enough values are left out.
  package init(rows: Int, columns: Int, values: [Float]) {
    self.columns = max(0, columns)
    self.rows = columns > 0 ? min(max(0, rows), values.count / columns) : 0
    self.values = values
  }

  /// Whether it has no entry.
  package var isEmpty: Bool { rows == 0 || columns == 0 }

  /// The number in that row and column; nil outside.
  package subscript(row: Int, column: Int) -> Float? {
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    return values[row * columns + column]
  }

  /// The place of an entry.
  package struct Place: Hashable, Sendable {
    /// The row, from 0.
    package let row: Int
    /// The column, from 0.
    package let column: Int

    /// The place in that row and column.
    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// Neighbouring rows and columns.
  package struct Block: Hashable, Sendable {
    /// The rows, from 0.
    package let rows: Range<Int>
    /// The columns, from 0.
    package let columns: Range<Int>

    /// The entries in those rows and columns.
    package init(rows: Range<Int>, columns: Range<Int>) {
      self.rows = rows
      self.columns = columns
    }
  }
}
