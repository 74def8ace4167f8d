import CKernels

/// A · B, plus a bias for each column where there is one, ready to be computed in parts by several threads.
///
/// It holds addresses as its matrices do, so that helpers count no references either.
struct MatrixProduct {
  /// The parts it is computed in, which no two threads may share.
  let parts: ProductParts
  private let operation: Operation
  private let threads: Int

  private enum Operation {
    case float32(TapedeckFloatProduct)
    case float64(TapedeckDoubleProduct)
    /// Tensors whose types differ: none is ever computed.
    case none
  }

  /// The product of matrices of one type into contiguous memory; `offsets` are elements from the tensors' own.
  init(
    _ a: Matrix, _ b: Matrix, into c: Tensor, bias: Tensor.Elements? = nil,
    offsets: (a: Int, b: Int, c: Int) = (0, 0, 0), threads: Int
  ) {
    parts = ProductParts(
      rows: a.rows, inner: a.columns, columns: b.columns,
      isRightTransposed: b.rowStep == 1 && b.columnStep != 1, threads: threads)
    self.threads = threads
    switch (a.start, b.start, c.elements) {
    case (.float32(let left), .float32(let right), .float32(let result)):
      var addend: UnsafeMutablePointer<Float>?
      if case .float32(let start) = bias { addend = start }
      operation = .float32(
        TapedeckFloatProduct(
          rows: a.rows, inner: a.columns, columns: b.columns,
          left: TapedeckFloatMatrix(start: left + offsets.a, rowStep: a.rowStep, columnStep: a.columnStep),
          right: TapedeckFloatMatrix(start: right + offsets.b, rowStep: b.rowStep, columnStep: b.columnStep),
          result: result + offsets.c, resultStep: b.columns, bias: addend))
    case (.float64(let left), .float64(let right), .float64(let result)):
      var addend: UnsafeMutablePointer<Double>?
      if case .float64(let start) = bias { addend = start }
      operation = .float64(
        TapedeckDoubleProduct(
          rows: a.rows, inner: a.columns, columns: b.columns,
          left: TapedeckDoubleMatrix(start: left + offsets.a, rowStep: a.rowStep, columnStep: a.columnStep),
          right: TapedeckDoubleMatrix(start: right + offsets.b, rowStep: b.rowStep, columnStep: b.columnStep),
          result: result + offsets.c, resultStep: b.columns, bias: addend))
    default: operation = .none
    }
  }

  /// Computes some rows and columns, on the calling thread.
  func compute(_ region: MatrixRegion) {
    let region = TapedeckRegion(
      firstRow: region.rows.lowerBound, endRow: region.rows.upperBound,
      firstColumn: region.columns.lowerBound, endColumn: region.columns.upperBound)
    guard let workspace = tapedeck_workspace(Int(TAPEDECK_PRODUCT_WORKSPACE)) else { return }
    switch operation {
    case .float32(var product):
      tapedeck_multiply_float(&product, region, workspace.assumingMemoryBound(to: Float.self))
    case .float64(var product):
      tapedeck_multiply_double(&product, region, workspace.assumingMemoryBound(to: Double.self))
    case .none: break
    }
  }

  /// Computes all parts, on several threads where that is worth it.
  func compute() {
    if parts.count == 1 { return compute(0) }
    ThreadTeam.shared.run(parts.count, threads: threads, nanoseconds: parts.nanoseconds) { compute($0) }
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
  /// C = A · B, for matrices of rank 2 in any layout.
  ///
  /// **Shapes**: `[m, k] · [k, n] → [m, n]`.
  static func multiply(_ a: Tensor, _ b: Tensor, into c: Tensor) {
    multiply(a, b, into: c, offsets: (0, 0, 0))
  }

  /// The product of one pair of matrices of a batch, at `offsets` elements from the tensors' own.
  static func multiply(_ a: Tensor, _ b: Tensor, into c: Tensor, offsets: (a: Int, b: Int, c: Int)) {
    let threads = ExecutionContext.current.productThreads.usable
    withExtendedLifetime((a, b, c)) {
      MatrixProduct(Matrix(a), Matrix(b), into: c, offsets: offsets, threads: threads).compute()
    }
  }
}
