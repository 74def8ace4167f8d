/// y = x · weightᵀ + bias.
///
/// Its derivatives: dx = dy · weight, dweight = dyᵀ · x, dbias = the sum of dy over the batch.
package struct LinearOperation: Operation {
  package let name = "linear"
  package var saved: SavedValues { .inputs }

  package init() {}

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (x, weight) = (inputs[0], inputs[1])
    try check(inputs, call)
    let outputFeatures = weight.shape[0]
    var shape = x.shape
    shape[shape.rank - 1] = outputFeatures
    let result = call.empty(shape, x.dtype)
    if inputs.count > 2 { Kernels.repeatRow(inputs[2], in: result, pool: call.context.pool) }
    Kernels.multiply(
      Matrix(rowsOf: call.packed(x)), call.matrix(weight).transposed, into: result,
      beta: inputs.count > 2 ? 1 : 0, threads: call.context.productThreads)
    return result
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (x, weight, context) = (node.inputs[0], node.inputs[1], call.context)
    let incoming = call.packed(upstream)
    let rows = Matrix(rowsOf: incoming)
    var gradients: [Tensor?] = [nil, nil]
    if node.needsGradient(0) {
      let gradient = call.empty(x.shape, x.dtype)
      Kernels.multiply(rows, call.matrix(weight), into: gradient, threads: context.productThreads)
      gradients[0] = gradient
    }
    if node.needsGradient(1) {
      let gradient = call.empty(weight.shape, weight.dtype)
      Kernels.multiply(
        rows.transposed, Matrix(rowsOf: call.packed(x)), into: gradient, threads: context.productThreads)
      gradients[1] = gradient
    }
    if node.inputs.count > 2 {
      gradients.append(
        node.needsGradient(2) ? Kernels.sum(incoming, to: node.inputs[2].shape, pool: context.pool) : nil)
    }
    return gradients
  }

  private func check(_ inputs: [Tensor], _ call: Call) throws {
    let (x, weight) = (inputs[0], inputs[1])
    guard weight.rank == 2, x.rank >= 1, x.shape.last == weight.shape[1] else {
      throw call.shapeError(inputs, expected: "input [..., in] and weight [out, in]")
    }
    guard inputs.count < 3 || inputs[2].shape == [weight.shape[0]] else {
      throw call.shapeError(inputs, expected: "input [..., in], weight [out, in] and bias [out]")
    }
    guard x.dtype.isFloatingPoint, inputs.allSatisfy({ $0.dtype == x.dtype }) else {
      throw call.typeError(inputs, expected: "floating-point tensors of one type: convert one with to(_:)")
    }
  }
}

extension Call {
  /// A tensor of rank 2 as a matrix, copied where BLAS cannot read it.
  fileprivate func matrix(_ tensor: Tensor) -> Matrix { Matrix(tensor) ?? Matrix(rowsOf: packed(tensor)) }
}

extension Tensor {
  /// y = x · weightᵀ + bias; PyTorch's `F.linear`.
  ///
  /// **Shapes**: input `[..., in]`, weight `[out, in]`, bias `[out]` → `[..., out]`; a weight `[in]` → `[...]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html>
  public func linear(
    weight: Tensor, bias: Tensor? = nil, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    if weight.rank == 1, rank > 0, shape.last == weight.shape[0] {
      let product = try matmul(weight, file: file, line: line)
      return try bias.map { try product.add($0, file: file, line: line) } ?? product
    }
    let inputs = bias.map { [self, weight, $0] } ?? [self, weight]
    return try apply(LinearOperation(), to: inputs, at: SourceLocation(file: file, line: line))
  }

  /// `linear`, then `relu`: one node where nobody watches, and the same numbers to the bit.
  package func linearReLU(weight: Tensor, bias: Tensor?, at location: SourceLocation) throws -> Tensor {
    try apply(LinearReLUOperation(), to: bias.map { [self, weight, $0] } ?? [self, weight], at: location)
  }

  /// A contiguous tensor as a matrix: all dimensions but the last in the rows.
  var matrix: Tensor {
    viewed(as: [shape.dropLast().reduce(1, *), shape.last ?? 1])
  }

  /// A view with the last two dimensions exchanged.
  var swappingLast: Tensor {
    var (shape, strides) = (shape, strides)
    shape.swapAt(rank - 2, rank - 1)
    strides.swapAt(rank - 2, rank - 1)
    return Tensor(storage: storage, shape: shape, strides: strides, offset: offset)
  }
}

extension Kernels {
  /// Writes a copy of `row` to each row, along the last dimension, of a contiguous tensor.
  static func repeatRow(_ row: Tensor, in matrix: Tensor, pool: StoragePool?) {
    let row = row.packed(pool: pool)
    let columns = row.elementCount
    let rows = matrix.elementCount / max(columns, 1)
    if matrix.dtype == .float32 {
      let (source, target) = (row.pointer(Float.self), matrix.pointer(Float.self))
      ParallelLoop.run(rows, weight: columns) { part in
        for index in part { (target + index * columns).update(from: source, count: columns) }
      }
    } else {
      for index in 0..<rows {
        (matrix.pointer(Double.self) + index * columns).update(from: row.pointer(Double.self), count: columns)
      }
    }
  }
}
