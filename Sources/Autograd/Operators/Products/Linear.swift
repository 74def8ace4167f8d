import Localization

extension OperatorInfo {
  /// The affine map of a linear layer.
  package static let linear = OperatorInfo(
    "linear", "Y = X · Wᵀ + b", Sentence("∂X = G · W, ∂W = Gᵀ · X, ∂b = Σ G over the batch"), cells: .linear,
    reasons: .overflow,
    guide: OperatorGuide {
      let bias = $0.hasBias ? " + \($0.b)" : ""
      return GuideLines(["\($0.z) = \($0.input) @ \($0.w)\(bias)"], pytorch: "x = \($0.module)(x)")
    } backward: {
      let toBias = $0.hasBias ? ["d\($0.b) = (1/m) * np.sum(d\($0.z), axis=0)"] : []
      let toInput = $0.readsData ? [] : ["d\($0.input) = d\($0.z) @ \($0.w).T"]
      return GuideLines(
        ["d\($0.w) = (1/m) * \($0.input).T @ d\($0.z)"] + toBias + toInput, pytorch: "loss.backward()")
    },
    samples: GradientSample([2, 3], [4, 3], [4]) { try $0[0].linear(weight: $0[1], bias: $0[2]) },
    GradientSample([2, 2, 3], [4, 3]) { try $0[0].linear(weight: $0[1]) })
}

/// y = x · weightᵀ + bias.
///
/// Its derivatives: dx = dy · weight, dweight = dyᵀ · x, dbias = the sum of dy over the batch.
package struct LinearOperator: Operator {
  package var info: OperatorInfo { .linear }
  package var saved: SavedValues { .inputs }

  package init() {}

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try check(inputs, call)
    let (x, weight) = (call.packed(inputs[0]), inputs[1])
    var shape = x.shape
    shape[shape.rank - 1] = weight.shape[0]
    let result = call.empty(shape, x.dtype)
    let bias = inputs.count > 2 ? call.packed(inputs[2]) : nil
    let product = MatrixProduct(
      Matrix(rowsOf: x), Matrix(weight).transposed, into: result, bias: bias?.elements,
      threads: call.context.productThreads.usable)
    product.compute()
    keep(x, weight, bias)
    return result
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (x, weight) = (call.packed(node.inputs[0]), node.inputs[1])
    let (incoming, threads) = (call.packed(upstream), call.context.productThreads.usable)
    let rows = Matrix(rowsOf: incoming)
    let gradients = node.inputs.indices.map { index in
      node.needsGradient(index) ? call.empty(node.inputs[index].shape, x.dtype) : nil
    }
    let toInput = gradients[0].map {
      MatrixProduct(rows, Matrix(weight), into: $0, threads: threads)
    }
    let toWeight = gradients[1].map {
      MatrixProduct(rows.transposed, Matrix(rowsOf: x), into: $0, threads: threads)
    }
    MatrixProduct.share(toWeight, toInput, threads: threads) {
      if gradients.count > 2, let bias = gradients[2] { Kernels.sum(incoming, into: bias) }
    }
    keep(x, weight, incoming)
    return gradients
  }

  /// Keeps tensors alive whose memory was read until here.
  @inline(__always)
  private func keep(_ first: Tensor, _ second: Tensor, _ third: Tensor?) {
    withExtendedLifetime(first) {}
    withExtendedLifetime(second) {}
    withExtendedLifetime(third) {}
  }

  private func check(_ inputs: [Tensor], _ call: Call) throws {
    let (x, weight) = (inputs[0], inputs[1])
    guard weight.rank == 2, x.rank >= 1, x.shape.last == weight.shape[1] else {
      throw call.shapeError(inputs, expected: localized("input [..., in] and weight [out, in]"))
    }
    guard inputs.count < 3 || inputs[2].shape == [weight.shape[0]] else {
      throw call.shapeError(inputs, expected: localized("input [..., in], weight [out, in] and bias [out]"))
    }
    guard x.dtype.isFloatingPoint, inputs.allSatisfy({ $0.dtype == x.dtype }) else {
      throw call.typeError(
        inputs, expected: localized("floating-point tensors of one type: convert one with to(_:)"))
    }
  }
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
    if dtype == .int64, weight.dtype == .int64, weight.rank == 2 {
      let product = try matmul(weight.t(file: file, line: line), file: file, line: line)
      return try bias.map { try product.add($0, file: file, line: line) } ?? product
    }
    let inputs = bias.map { [self, weight, $0] } ?? [self, weight]
    return try apply(LinearOperator(), to: inputs, at: SourceLocation(file: file, line: line))
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

extension CellRule {
  /// The row of x and the row of the weight that are multiplied for a cell, and the bias.
  static let linear = CellRule(factors: 2) { call, cell in
    let (features, outputs) = (call.shape(1)[1], call.shape(1)[0])
    let (row, column) = (cell / outputs, cell % outputs)
    var terms = (0..<features).map {
      CellTerm(.input(0, row * features + $0), .input(1, column * features + $0))
    }
    if call.inputs.count > 2 { terms.append(CellTerm(.input(2, column))) }
    return CellOperands(.products, terms)
  } gradient: { call, input, cell in
    let (features, outputs) = (call.shape(1)[1], call.shape(1)[0])
    let rows = call.output.elementCount / max(outputs, 1)
    // Where there are no features only the bias has cells.
    let (row, column) = (cell / max(features, 1), cell % max(features, 1))
    switch input {
    case 0:
      let terms = (0..<outputs).map {
        CellTerm(.upstream(row * outputs + $0), .input(1, $0 * features + column))
      }
      return CellOperands(.products, terms)
    case 1:
      let terms = (0..<rows).map {
        CellTerm(.upstream($0 * outputs + row), .input(0, $0 * features + column))
      }
      return CellOperands(.products, terms)
    default: return CellOperands(.products, (0..<rows).map { .upstream($0 * outputs + cell) })
    }
  }
}
