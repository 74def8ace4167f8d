/// The matrix product, with PyTorch's rules for vectors and batches.
///
/// A vector on the left counts as a row, on the right as a column, and that dimension is left out of the
/// result; dimensions before the last two are a batch and broadcast.
/// Its derivatives: dA = dC · Bᵀ and dB = Aᵀ · dC, summed over what was broadcast.
package struct MatrixMultiply: Operation {
  /// The operator's name in PyTorch: `matmul`, `mm` or `dot`.
  package let name: String
  package var saved: SavedValues { .inputs }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try call.checkOneFloatingType(inputs)
    let (a, b) = (inputs[0], inputs[1])
    guard a.rank > 0, b.rank > 0 else {
      throw call.shapeError(inputs, expected: "at least one dimension each")
    }
    let (left, right) = (a.asRow, b.asColumn)
    guard left.shape[left.rank - 1] == right.shape[right.rank - 2] else {
      throw call.shapeError(inputs, expected: "[..., m, k] and [..., k, n] with one k")
    }
    guard Shape.broadcast(left.batchShape, right.batchShape) != nil else {
      throw call.shapeError(inputs, expected: "batch sizes that agree or are 1")
    }
    let product = Kernels.batchProduct(left, right, pool: call.context.pool)
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
      multiply(a.packed(pool: pool).matrix, b, into: result.matrix, pool: pool)
      return result
    }
    let left = Matrix(a) == nil ? a.packed(pool: pool) : a
    let right = Matrix(b) == nil ? b.packed(pool: pool) : b
    let leftSteps = a.batchShape.broadcastStrides(Shape(left.strides.dropLast(2)), to: batch)
    let rightSteps = b.batchShape.broadcastStrides(Shape(right.strides.dropLast(2)), to: batch)
    let length = rowLength(batch)
    var written = 0
    forEachRow(batch, leftSteps, rightSteps) { leftOffset, leftStep, rightOffset, rightStep in
      for index in 0..<length {
        multiply(
          left, right, into: result,
          offsets: (leftOffset + index * leftStep, rightOffset + index * rightStep, written), pool: pool)
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
    multiply(a.packed(pool: pool).matrix.swappingLast, upstream.matrix, into: result, pool: pool)
    return result
  }
}

extension Tensor {
  /// The matrix product, also of vectors and of batches; NumPy's `a @ b`.
  ///
  /// **Shapes**: `[..., m, k]` and `[..., k, n]` → `[..., m, n]`; `[k]` and `[k]` → `[]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.matmul.html>
  public func matmul(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(MatrixMultiply(name: "matmul"), to: [self, other], at: SourceLocation(file: file, line: line))
  }

  /// The product of two matrices.
  ///
  /// **Shapes**: `[m, k]` and `[k, n]` → `[m, n]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mm.html>
  public func mm(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try product("mm", other, ranks: 2, "two matrices", SourceLocation(file: file, line: line))
  }

  /// The sum of the products of two vectors' elements.
  ///
  /// **Shapes**: `[k]` and `[k]` → `[]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.dot.html>
  public func dot(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try product("dot", other, ranks: 1, "two vectors", SourceLocation(file: file, line: line))
  }

  private func product(
    _ name: String, _ other: Tensor, ranks: Int, _ expected: String, _ location: SourceLocation
  ) throws -> Tensor {
    guard rank == ranks, other.rank == ranks else {
      throw Call(operatorName: name, location: location, context: .current)
        .shapeError([self, other], expected: expected + ": use matmul for other ranks")
    }
    return try apply(MatrixMultiply(name: name), to: [self, other], at: location)
  }
}
