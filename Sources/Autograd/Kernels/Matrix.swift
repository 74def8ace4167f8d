/// A matrix in memory as BLAS takes it.
///
/// It holds an address in place of a tensor, so that no references are counted: whoever makes one keeps the tensor.
struct Matrix {
  let start: Tensor.Elements
  let rows: Int
  let columns: Int
  let isTransposed: Bool
  let leadingDimension: Int

  /// The last two dimensions of a tensor, or nil where BLAS cannot read them without a copy.
  init?(_ tensor: Tensor) {
    let rank = tensor.rank
    let (rows, columns) = (tensor.shape[rank - 2], tensor.shape[rank - 1])
    let (rowStride, columnStride) = (tensor.strides[rank - 2], tensor.strides[rank - 1])
    start = tensor.elements
    self.rows = rows
    self.columns = columns
    if columnStride == 1 || columns <= 1, rowStride >= max(columns, 1) || rows <= 1 {
      isTransposed = false
      leadingDimension = rows <= 1 ? max(columns, 1) : rowStride
    } else if rowStride == 1 || rows <= 1, columnStride >= max(rows, 1) || columns <= 1 {
      isTransposed = true
      leadingDimension = columns <= 1 ? max(rows, 1) : columnStride
    } else {
      return nil
    }
  }

  private init(
    _ start: Tensor.Elements, rows: Int, columns: Int, isTransposed: Bool, leadingDimension: Int
  ) {
    self.start = start
    self.rows = rows
    self.columns = columns
    self.isTransposed = isTransposed
    self.leadingDimension = leadingDimension
  }

  /// A contiguous tensor with all dimensions but the last in the rows.
  init(rowsOf tensor: Tensor) {
    let columns = tensor.shape.last ?? 1
    let rows = tensor.shape.dropLast().reduce(1, *)
    self.init(
      tensor.elements, rows: rows, columns: columns, isTransposed: false, leadingDimension: max(columns, 1))
  }

  /// The same memory with rows and columns exchanged.
  var transposed: Matrix {
    Matrix(
      start, rows: columns, columns: rows, isTransposed: !isTransposed, leadingDimension: leadingDimension)
  }

  /// How far a row is from the next, in elements.
  var rowStep: Int { isTransposed ? 1 : leadingDimension }
  /// How far a column is from the next, in elements.
  var columnStep: Int { isTransposed ? leadingDimension : 1 }
}
