import COpenBLAS

/// C = A · B + beta · C, ready to be computed in parts by several threads.
///
/// It holds addresses as its matrices do, so that helpers count no references either.
struct MatrixProduct {
  /// The parts it is computed in, which no two threads may share.
  let parts: ProductParts

  private let left: Operand
  private let right: Operand
  private let result: Tensor.Elements
  private let inner: Int
  private let width: Int
  private let beta: Double
  private let threads: Int

  /// A matrix as BLAS takes it, without its size.
  private struct Operand {
    let start: Tensor.Elements
    let order: CBLAS_TRANSPOSE
    let leadingDimension: Int32
    let rowStep: Int
    let columnStep: Int

    init(_ matrix: Matrix, at offset: Int) {
      start = matrix.start.advanced(by: offset)
      order = matrix.isTransposed ? CblasTrans : CblasNoTrans
      leadingDimension = Int32(matrix.leadingDimension)
      rowStep = matrix.rowStep
      columnStep = matrix.columnStep
    }
  }

  /// The product of matrices of one type into contiguous memory; `offsets` are elements from the tensors' own.
  init(
    _ a: Matrix, _ b: Matrix, into c: Tensor, beta: Double = 0,
    offsets: (a: Int, b: Int, c: Int) = (0, 0, 0), threads: Int
  ) {
    ProductThreads.takeOver()
    parts = ProductParts(
      rows: a.rows, inner: a.columns, columns: b.columns, isRightTransposed: b.isTransposed,
      threads: threads)
    left = Operand(a, at: offsets.a)
    right = Operand(b, at: offsets.b)
    result = c.elements.advanced(by: offsets.c)
    inner = a.columns
    width = b.columns
    self.beta = beta
    self.threads = threads
  }

  /// Computes some rows and columns, on the calling thread.
  func compute(_ region: MatrixRegion) {
    guard !region.rows.isEmpty, !region.columns.isEmpty else { return }
    guard inner > 0 else { return beta == 0 ? clear(region) : () }
    let piece = ProductBlocks.columns(
      rows: region.rows.count, inner: inner, columns: region.columns.count,
      isLeftTransposed: left.order == CblasTrans, isRightTransposed: right.order == CblasTrans)
    for start in stride(from: region.columns.lowerBound, to: region.columns.upperBound, by: piece) {
      multiply(
        MatrixRegion(rows: region.rows, columns: start..<min(start + piece, region.columns.upperBound)))
    }
  }

  private func multiply(_ region: MatrixRegion) {
    let (row, column) = (region.rows.lowerBound, region.columns.lowerBound)
    let (m, n, k) = (Int32(region.rows.count), Int32(region.columns.count), Int32(inner))
    let (leftStart, rightStart) = (row * left.rowStep, column * right.columnStep)
    switch (left.start, right.start, result) {
    case (.float32(let a), .float32(let b), .float32(let c)):
      cblas_sgemm(
        CblasRowMajor, left.order, right.order, m, n, k, 1, a + leftStart, left.leadingDimension,
        b + rightStart, right.leadingDimension, Float(beta), c + row * width + column, Int32(width))
    case (.float64(let a), .float64(let b), .float64(let c)):
      cblas_dgemm(
        CblasRowMajor, left.order, right.order, m, n, k, 1, a + leftStart, left.leadingDimension,
        b + rightStart, right.leadingDimension, beta, c + row * width + column, Int32(width))
    default: break
    }
  }

  /// Zeros: the product of matrices that share no element.
  private func clear(_ region: MatrixRegion) {
    region.forEachRun(width: width) { range in
      switch result {
      case .float32(let c): (c + range.lowerBound).update(repeating: 0, count: range.count)
      case .float64(let c): (c + range.lowerBound).update(repeating: 0, count: range.count)
      }
    }
  }

  /// Calls `body` with the region of each part, on several threads where that is worth it.
  func share(_ body: (MatrixRegion) -> Void) {
    if parts.count == 1 { return body(parts.region(0)) }
    ThreadTeam.shared.run(parts.count, threads: threads, nanoseconds: parts.nanoseconds) {
      body(parts.region($0))
    }
  }

  /// Computes up to two products and something besides, on several threads where that is worth it.
  static func share(
    _ first: MatrixProduct?, _ second: MatrixProduct?, threads: Int, besides: () -> Void
  ) {
    guard threads > 1, first.map(\.parts.isLong) ?? false || second.map(\.parts.isLong) ?? false else {
      first?.computeAll()
      besides()
      second?.computeAll()
      return
    }
    let (firstCount, secondCount) = (first?.parts.count ?? 0, second?.parts.count ?? 0)
    let nanoseconds = (first?.parts.nanoseconds ?? 0) + (second?.parts.nanoseconds ?? 0)
    ThreadTeam.shared.run(1 + firstCount + secondCount, threads: threads, nanoseconds: nanoseconds) { part in
      if part < firstCount {
        first?.compute(part)
      } else if part == firstCount {
        besides()
      } else {
        second?.compute(part - firstCount - 1)
      }
    }
  }

  private func computeAll() {
    for part in 0..<parts.count { compute(part) }
  }

  private func compute(_ part: Int) { compute(parts.region(part)) }
}

extension Kernels {
  /// C = op(A) · op(B) by OpenBLAS, for matrices of rank 2 in any layout.
  ///
  /// **Shapes**: `[m, k] · [k, n] → [m, n]`.
  static func multiply(_ a: Tensor, _ b: Tensor, into c: Tensor, pool: StoragePool?) {
    multiply(a, b, into: c, offsets: (0, 0, 0), pool: pool)
  }

  /// The product of one pair of matrices of a batch, at `offsets` elements from the tensors' own.
  static func multiply(
    _ a: Tensor, _ b: Tensor, into c: Tensor, offsets: (a: Int, b: Int, c: Int), pool: StoragePool?
  ) {
    guard let left = Matrix(a) else {
      return multiply(a.packed(pool: pool), b, into: c, offsets: offsets, pool: pool)
    }
    guard let right = Matrix(b) else {
      return multiply(a, b.packed(pool: pool), into: c, offsets: offsets, pool: pool)
    }
    let product = MatrixProduct(
      left, right, into: c, offsets: offsets, threads: ExecutionContext.current.productThreads.usable)
    withExtendedLifetime((a, b, c)) {
      product.share { product.compute($0) }
    }
  }
}
