/// x, but at least the second input and at most the third, which wins where they cross.
///
/// The gradient goes to the input that y is, half to each of two that are equal. Between bounds that are equal, and
/// where a number is NaN, it goes where PyTorch sends it.
struct ClampToTensors: Operator {
  var info: OperatorInfo { .clamp }
  var saved: SavedValues { .inputs }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let raised = try Binary(info, MaximumFunction()).forward([inputs[0], inputs[1]], in: call)
    return try Binary(info, MinimumFunction()).forward([raised, inputs[2]], in: call)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let incoming = call.packed(upstream)
    let values = node.inputs.map {
      call.packed(
        Kernels.convert($0, to: upstream.dtype, pool: call.context.pool).expanded(to: upstream.shape))
    }
    return node.inputs.enumerated().map { input, tensor in
      guard node.needsGradient(input) else { return nil }
      let result = call.empty(upstream.shape, upstream.dtype)
      if upstream.dtype == .float32 {
        share(input, incoming, values, result, Float.self)
      } else {
        share(input, incoming, values, result, Double.self)
      }
      return Kernels.sum(result, to: tensor.shape, pool: call.context.pool)
    }
  }

  private func share<S: FloatingScalar>(
    _ input: Int, _ upstream: Tensor, _ values: [Tensor], _ result: Tensor, _ type: S.Type
  ) {
    let (x, low, high) = (values[0].pointer(S.self), values[1].pointer(S.self), values[2].pointer(S.self))
    let (incoming, target) = (upstream.pointer(S.self), result.pointer(S.self))
    withExtendedLifetime((upstream, values, result)) {
      for index in 0..<result.elementCount {
        let (all, part) = share(input, x[index], low[index], high[index])
        target[index] = all ? incoming[index] : part ? incoming[index] / 2 : 0
      }
    }
  }

  /// Whether an input gets the whole gradient of an element, or half of it.
  fileprivate func share<S: FloatingScalar>(_ input: Int, _ x: S, _ low: S, _ high: S) -> (
    all: Bool, part: Bool
  ) {
    let isRange = low < high
    switch input {
    case 0:
      let isTie = isRange && (x == low || x == high)
      return (!(x < low || x > high || isTie), isTie)
    case 1: return (x < low && low <= high, isRange && x == low)
    default: return (high < low || (x > high && low <= high), isRange && x == high)
    }
  }
}

extension CellRule {
  /// A cell limited to a range: a function of the cell, or one of several cells where the bounds are tensors.
  static let limited = CellRule { call, cell in
    (call.inputs.count == 1 ? elementwise : greaterOrLesser).value(call, cell)
  } gradient: { call, input, cell in
    (call.inputs.count == 1 ? elementwise : greaterOrLesser).gradient(call, input, cell)
  }
}

extension ClampToTensors: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let function = CellFunction("min(max(%1, %2), %3)") {
      let raised = MaximumFunction().value($0[0], $0[1])
      return MinimumFunction().value(raised, $0[2])
    }
    return .call(function, CellRule.sources(call, cell).map { .cell($0) })
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    let words = ["[%1 between %2 and %3]", "[%1 < %2]", "[%1 > %3]"][input]
    let terms = call.spread(input).copies(of: cell).map { copy in
      CellExpression.slope(words, upstream: copy, CellRule.sources(call, copy), blocks: true) {
        let (all, part) = ClampToTensors().share(input, $0[0], $0[1], $0[2])
        return all ? 1 : part ? 0.5 : 0
      }
    }
    return .total(terms.count) { terms[$0] }
  }
}
