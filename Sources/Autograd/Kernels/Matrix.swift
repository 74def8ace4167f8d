/// A matrix in memory, with any distances between its rows and columns.
///
/// It holds an address in place of a tensor, so that no references are counted: whoever makes one keeps the tensor.
struct Matrix {
  let start: Tensor.Elements
  let rows: Int
  let columns: Int
  /// How far a row is from the next, in elements.
  let rowStep: Int
  /// How far a column is from the next, in elements.
  let columnStep: Int

  private init(_ start: Tensor.Elements, rows: Int, columns: Int, rowStep: Int, columnStep: Int) {
    self.start = start
    self.rows = rows
    self.columns = columns
    // Where there is only one, its distance from the next counts for nothing: so a vector is contiguous both ways.
    self.rowStep = rows == 1 && columnStep == 1 ? columns : rowStep
    self.columnStep = columns == 1 && rowStep == 1 ? rows : columnStep
  }

  /// The last two dimensions of a tensor.
  init(_ tensor: Tensor) {
    let rank = tensor.rank
    self.init(
      tensor.elements, rows: tensor.shape[rank - 2], columns: tensor.shape[rank - 1],
      rowStep: tensor.strides[rank - 2], columnStep: tensor.strides[rank - 1])
  }

  /// A contiguous tensor with all dimensions but the last in the rows.
  init(rowsOf tensor: Tensor) {
    let columns = tensor.shape.last ?? 1
    let rows = tensor.shape.dropLast().reduce(1, *)
    self.init(tensor.elements, rows: rows, columns: columns, rowStep: columns, columnStep: 1)
  }

  /// The same memory with rows and columns exchanged.
  var transposed: Matrix {
    Matrix(start, rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep)
  }
}
