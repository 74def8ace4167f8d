import Localization

extension OperatorInfo {
  /// The matrix product, also of vectors and batches.
  package static let matmul = OperatorInfo(
    "matmul", "Y = A · B", Sentence("∂A = G · Bᵀ, ∂B = Aᵀ · G, summed over what was repeated"),
    cells: .matmul,
    reasons: .overflow,
    samples: GradientSample([2, 3], [3, 4]) { try $0[0].matmul($0[1]) },
    GradientSample([2, 1, 2, 3], [4, 3, 2]) { try $0[0].matmul($0[1]) },
    GradientSample([3], [2, 3, 2]) { try $0[0].matmul($0[1]) })

  /// The product of two matrices.
  package static let mm = OperatorInfo(
    "mm", "Y = A · B", "∂A = G · Bᵀ, ∂B = Aᵀ · G", cells: .matmul, reasons: .overflow,
    samples: GradientSample([2, 3], [4, 3]) { try $0[0].mm($0[1].t()) })

  /// The product of two vectors.
  package static let dot = OperatorInfo(
    "dot", "y = Σ aᵢ·bᵢ", "∂a = g × b, ∂b = g × a", cells: .matmul, reasons: .overflow,
    samples: GradientSample([3], [3]) { try $0[0].dot($0[1]) })
}

/// The matrix product, with PyTorch's rules for vectors and batches.
///
/// A vector on the left counts as a row, on the right as a column, and that dimension is left out of the
/// result; dimensions before the last two are a batch and broadcast.
/// Its derivatives: dA = dC · Bᵀ and dB = Aᵀ · dC, summed over what was broadcast.
package struct MatrixMultiply: Operator {
  /// `matmul`, `mm` or `dot`.
  package let info: OperatorInfo
  package var saved: SavedValues { .inputs }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (a, b) = (inputs[0], inputs[1])
    guard a.dtype == b.dtype, a.dtype != .bool else {
      throw call.typeError(
        inputs, expected: localized("tensors of numbers of one type: convert one with to(_:)"))
    }
    guard a.rank > 0, b.rank > 0 else {
      throw call.shapeError(inputs, expected: localized("at least one dimension each"))
    }
    let (left, right) = (a.asRow, b.asColumn)
    guard left.shape[left.rank - 1] == right.shape[right.rank - 2] else {
      throw call.shapeError(inputs, expected: localized("[..., m, k] and [..., k, n] with one k"))
    }
    guard let batch = Shape.broadcast(left.batchShape, right.batchShape) else {
      throw call.shapeError(inputs, expected: localized("batch sizes that agree or are 1"))
    }
    try call.checkFits(
      Shape(batch + [left.shape[left.rank - 2], right.shape[right.rank - 1]]), a.dtype, inputs)
    let product =
      a.dtype == .int64
      ? Kernels.integerProduct(left, right, pool: call.context.pool)
      : Kernels.batchProduct(left, right, pool: call.context.pool)
    var shape = product.shape
    if b.rank == 1 { shape = shape.removing(at: shape.rank - 1) }
    if a.rank == 1 { shape = shape.removing(at: shape.rank - (b.rank == 1 ? 1 : 2)) }
    return product.viewed(as: shape)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (a, b, pool) = (node.inputs[0], node.inputs[1], call.context.pool)
    let (left, right) = (a.asRow, b.asColumn)
    guard let batch = Shape.broadcast(left.batchShape, right.batchShape) else { return [nil, nil] }
    var shape = batch
    shape.append(left.shape[left.rank - 2])
    shape.append(right.shape[right.rank - 1])
    let incoming = call.packed(upstream).viewed(as: shape)
    var gradients: [Tensor?] = [nil, nil]
    if node.needsGradient(0) {
      let full = Kernels.batchProduct(incoming, right.swappingLast, pool: pool)
      gradients[0] = Kernels.sum(full, to: left.shape, pool: pool).viewed(as: a.shape)
    }
    if node.needsGradient(1) {
      gradients[1] = Kernels.gradientOfRight(left, incoming, right.shape, pool: pool).viewed(as: b.shape)
    }
    return gradients
  }
}

extension Tensor {
  /// A vector as a matrix of one row.
  fileprivate var asRow: Tensor { rank == 1 ? inserting(at: 0) : self }
  /// A vector as a matrix of one column.
  fileprivate var asColumn: Tensor { rank == 1 ? inserting(at: 1) : self }
  /// The dimensions before the last two.
  fileprivate var batchShape: Shape { Shape(shape.dropLast(2)) }

  private func inserting(at index: Int) -> Tensor {
    Tensor(
      storage: storage, shape: shape.inserting(1, at: index), strides: strides.inserting(1, at: index),
      offset: offset)
  }
}

extension Kernels {
  /// A · B of whole numbers, wrapping where it overflows, for each pair of matrices of two batches that broadcast.
  fileprivate static func integerProduct(_ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    let batch = Shape.broadcast(a.batchShape, b.batchShape) ?? []
    let (rows, inner, columns) = (a.shape[a.rank - 2], a.shape[a.rank - 1], b.shape[b.rank - 1])
    let a = a.expanded(to: Shape(batch + [rows, inner])).packed(pool: pool)
    let b = b.expanded(to: Shape(batch + [inner, columns])).packed(pool: pool)
    let result = Tensor.empty(Shape(batch + [rows, columns]), .int64, pool: pool)
    let (left, right, target) = (a.pointer(Int64.self), b.pointer(Int64.self), result.pointer(Int64.self))
    withExtendedLifetime((a, b, result)) {
      target.update(repeating: 0, count: result.elementCount)
      for row in 0..<batch.elementCount * rows {
        for place in 0..<inner {
          let (factor, other) = (left[row * inner + place], right + (row / rows * inner + place) * columns)
          for column in 0..<columns { target[row * columns + column] &+= factor &* other[column] }
        }
      }
    }
    return result
  }

  /// A · B for each pair of matrices of two batches that broadcast.
  static func batchProduct(_ a: Tensor, _ b: Tensor, pool: StoragePool?) -> Tensor {
    let (rows, columns) = (a.shape[a.rank - 2], b.shape[b.rank - 1])
    let batch = Shape.broadcast(a.batchShape, b.batchShape) ?? []
    var shape = batch
    shape.append(rows)
    shape.append(columns)
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    if b.rank == 2, a.rank > 2 {
      // One matrix for the whole batch: the batch goes into the rows of a single product.
      multiply(a.packed(pool: pool).matrix, b, into: result.matrix)
      return result
    }
    let leftSteps = a.batchShape.broadcastStrides(Shape(a.strides.dropLast(2)), to: batch)
    let rightSteps = b.batchShape.broadcastStrides(Shape(b.strides.dropLast(2)), to: batch)
    let length = rowLength(batch)
    var written = 0
    forEachRow(batch, leftSteps, rightSteps) { leftOffset, leftStep, rightOffset, rightStep in
      for index in 0..<length {
        multiply(
          a, b, into: result,
          offsets: (leftOffset + index * leftStep, rightOffset + index * rightStep, written))
        written += rows * columns
      }
    }
    return result
  }

  /// Aᵀ · dC summed over the batch to the right operand's shape.
  fileprivate static func gradientOfRight(
    _ a: Tensor, _ upstream: Tensor, _ shape: Shape, pool: StoragePool?
  ) -> Tensor {
    guard shape.rank == 2, a.rank > 2 else {
      return sum(batchProduct(a.swappingLast, upstream, pool: pool), to: shape, pool: pool)
    }
    let result = Tensor.empty(shape, a.dtype, pool: pool)
    multiply(a.packed(pool: pool).matrix.swappingLast, upstream.matrix, into: result)
    return result
  }
}

extension Tensor {
  /// The matrix product, also of vectors and of batches; NumPy's `a @ b`.
  ///
  /// **Shapes**: `[..., m, k]` and `[..., k, n]` → `[..., m, n]`; `[k]` and `[k]` → `[]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.matmul.html>
  public func matmul(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(MatrixMultiply(info: .matmul), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The product of two matrices.
  ///
  /// **Shapes**: `[m, k]` and `[k, n]` → `[m, n]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mm.html>
  public func mm(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try product(.mm, other, ranks: 2, localized("two matrices"), SourceLocation(file: file, line: line))
  }

  /// The sum of the products of two vectors' elements.
  ///
  /// **Shapes**: `[k]` and `[k]` → `[]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.dot.html>
  public func dot(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try product(.dot, other, ranks: 1, localized("two vectors"), SourceLocation(file: file, line: line))
  }

  private func product(
    _ info: OperatorInfo, _ other: Tensor, ranks: Int, _ expected: String, _ location: SourceLocation
  ) throws -> Tensor {
    guard rank == ranks, other.rank == ranks else {
      throw Call(info, at: location)
        .shapeError([self, other], expected: localized("\(expected): use matmul for other ranks"))
    }
    return try apply(MatrixMultiply(info: info), to: [self, other], at: location)
  }
}

extension CellRule {
  /// The row of the left and the column of the right matrix that are multiplied for a cell.
  static let matmul = CellRule(factors: 2) { call, cell in
    let product = Product(call)
    let (batch, row, column) = product.split(cell)
    let terms = (0..<product.inner).map {
      CellTerm(.input(0, product.left(batch, row, $0)), .input(1, product.right(batch, $0, column)))
    }
    return CellOperands(.products, terms)
  } gradient: { call, input, cell in
    let product = Product(call)
    let size = input == 0 ? product.rows * product.inner : product.inner * product.columns
    let (matrix, place) = (cell / max(size, 1), cell % max(size, 1))
    let terms = (input == 0 ? product.leftBatch : product.rightBatch).copies(of: matrix).flatMap { batch in
      input == 0
        ? (0..<product.columns).map { column in
          CellTerm(
            .upstream(product.cell(batch, place / product.inner, column)),
            .input(1, product.right(batch, place % product.inner, column)))
        }
        : (0..<product.rows).map { row in
          CellTerm(
            .upstream(product.cell(batch, row, place % product.columns)),
            .input(0, product.left(batch, row, place / product.columns)))
        }
    }
    return CellOperands(.products, terms)
  }
}

/// A matrix product with its vectors as matrices and its batches.
private struct Product {
  let rows: Int
  let inner: Int
  let columns: Int
  let leftBatch: Spread
  let rightBatch: Spread

  init(_ call: CellCall) {
    let (left, right) = (call.shape(0), call.shape(1))
    rows = left.rank > 1 ? left[left.rank - 2] : 1
    inner = left[left.rank - 1]
    columns = right.rank > 1 ? right[right.rank - 1] : 1
    let (leftSizes, rightSizes) = (Shape(left.dropLast(2)), Shape(right.dropLast(2)))
    let batch = Shape.broadcast(leftSizes, rightSizes) ?? leftSizes
    leftBatch = Spread(leftSizes, in: batch)
    rightBatch = Spread(rightSizes, in: batch)
  }

  func split(_ cell: Int) -> (batch: Int, row: Int, column: Int) {
    (cell / max(rows * columns, 1), cell / max(columns, 1) % max(rows, 1), cell % max(columns, 1))
  }

  func cell(_ batch: Int, _ row: Int, _ column: Int) -> Int { (batch * rows + row) * columns + column }

  func left(_ batch: Int, _ row: Int, _ place: Int) -> Int {
    (leftBatch.source(of: batch) * rows + row) * inner + place
  }

  func right(_ batch: Int, _ place: Int, _ column: Int) -> Int {
    (rightBatch.source(of: batch) * inner + place) * columns + column
  }
}
