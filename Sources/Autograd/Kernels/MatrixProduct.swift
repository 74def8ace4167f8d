import COpenBLAS

/// A matrix in memory as BLAS takes it.
struct Matrix {
  let tensor: Tensor
  let rows: Int
  let columns: Int
  let isTransposed: Bool
  let leadingDimension: Int

  /// The last two dimensions of a tensor, or nil where BLAS cannot read them without a copy.
  init?(_ tensor: Tensor) {
    let rank = tensor.rank
    let (rows, columns) = (tensor.shape[rank - 2], tensor.shape[rank - 1])
    let (rowStride, columnStride) = (tensor.strides[rank - 2], tensor.strides[rank - 1])
    self.tensor = tensor
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

  private init(_ tensor: Tensor, rows: Int, columns: Int, isTransposed: Bool, leadingDimension: Int) {
    self.tensor = tensor
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
      tensor, rows: rows, columns: columns, isTransposed: false, leadingDimension: max(columns, 1))
  }

  /// The same memory with rows and columns exchanged.
  var transposed: Matrix {
    Matrix(
      tensor, rows: columns, columns: rows, isTransposed: !isTransposed, leadingDimension: leadingDimension)
  }
}

extension Kernels {
  /// C = op(A) · op(B) + beta · C by OpenBLAS, for matrices of rank 2 in any layout.
  ///
  /// **Shapes**: `[m, k] · [k, n] → [m, n]`.
  static func multiply(
    _ a: Tensor, _ b: Tensor, into c: Tensor, beta: Double = 0, pool: StoragePool?
  ) {
    multiply(
      a, b, into: c, rows: a.shape[a.rank - 2], inner: a.shape[a.rank - 1], columns: b.shape[b.rank - 1],
      offsets: (0, 0, 0), beta: beta, pool: pool)
  }

  /// The product of one pair of matrices of a batch, at `offsets` elements from the tensors' own.
  static func multiply(
    _ a: Tensor, _ b: Tensor, into c: Tensor, rows: Int, inner: Int, columns: Int,
    offsets: (a: Int, b: Int, c: Int), beta: Double, pool: StoragePool?
  ) {
    guard rows > 0, columns > 0 else { return }
    guard inner > 0 else { return beta == 0 ? c.clear(rows * columns, at: offsets.c) : () }
    guard let left = Matrix(a) else {
      return multiply(
        a.packed(pool: pool), b, into: c, rows: rows, inner: inner, columns: columns, offsets: offsets,
        beta: beta, pool: pool)
    }
    guard let right = Matrix(b) else {
      return multiply(
        a, b.packed(pool: pool), into: c, rows: rows, inner: inner, columns: columns, offsets: offsets,
        beta: beta, pool: pool)
    }
    multiply(
      left, right, into: c, rows: rows, inner: inner, columns: columns, offsets: offsets, beta: beta,
      threads: ExecutionContext.current.productThreads)
  }

  /// C = A · B + beta · C for matrices that BLAS can read as they are, into contiguous memory.
  static func multiply(
    _ a: Matrix, _ b: Matrix, into c: Tensor, beta: Double = 0, threads: ProductThreads
  ) {
    guard a.rows > 0, b.columns > 0 else { return }
    guard a.columns > 0 else { return beta == 0 ? c.clear(a.rows * b.columns, at: 0) : () }
    multiply(
      a, b, into: c, rows: a.rows, inner: a.columns, columns: b.columns, offsets: (0, 0, 0), beta: beta,
      threads: threads)
  }

  private static func multiply(
    _ left: Matrix, _ right: Matrix, into c: Tensor, rows: Int, inner: Int, columns: Int,
    offsets: (a: Int, b: Int, c: Int), beta: Double, threads: ProductThreads
  ) {
    threads.prepare(rows: rows, inner: inner, columns: columns)
    let (a, b) = (left.tensor, right.tensor)
    let (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
    let transposeLeft = left.isTransposed ? CblasTrans : CblasNoTrans
    let transposeRight = right.isTransposed ? CblasTrans : CblasNoTrans
    let (lda, ldb, ldc) = (Int32(left.leadingDimension), Int32(right.leadingDimension), Int32(columns))
    if a.dtype == .float32 {
      let piece = ProductBlocks.columns(
        rows: rows, inner: inner, columns: columns, isLeftTransposed: left.isTransposed,
        isRightTransposed: right.isTransposed)
      let (a, b) = (a.pointer(Float.self) + offsets.a, b.pointer(Float.self) + offsets.b)
      let c = c.pointer(Float.self) + offsets.c
      for start in stride(from: 0, to: columns, by: piece) {
        cblas_sgemm(
          CblasRowMajor, transposeLeft, transposeRight, m, Int32(min(piece, columns - start)), k, 1, a, lda,
          b + start * (right.isTransposed ? right.leadingDimension : 1), ldb, Float(beta), c + start, ldc)
      }
    } else {
      cblas_dgemm(
        CblasRowMajor, transposeLeft, transposeRight, m, n, k, 1, a.pointer(Double.self) + offsets.a, lda,
        b.pointer(Double.self) + offsets.b, ldb, beta, c.pointer(Double.self) + offsets.c, ldc)
    }
  }
}

extension Tensor {
  /// Zeros in `count` elements from `offset`: the product of matrices that share no element.
  fileprivate func clear(_ count: Int, at offset: Int) {
    if dtype == .float32 {
      (pointer(Float.self) + offset).update(repeating: 0, count: count)
    } else {
      (pointer(Double.self) + offset).update(repeating: 0, count: count)
    }
  }
}
