/// A broadcasting elementwise operator made from a function of two numbers.
///
/// Operands of different types are promoted as in PyTorch; each gradient comes back in its operand's type.
package struct Binary<Function: BinaryFunction>: Operator {
  package let info: OperatorInfo
  package let function: Function
  package var saved: SavedValues { function.saved }

  /// The operator that `info` describes.
  package init(_ info: OperatorInfo, _ function: Function) {
    self.info = info
    self.function = function
  }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (a, b, pool) = (inputs[0], inputs[1], call.context.pool)
    let dtype = DType.promoting(a, b)
    let shape = try call.broadcast(a.shape, b.shape, dtype, inputs)
    if dtype.isFloatingPoint || function.integers == nil {
      let type = dtype.isFloatingPoint ? dtype : .float32
      return function.map(
        Kernels.convert(a, to: type, pool: pool), Kernels.convert(b, to: type, pool: pool), shape: shape,
        pool: pool)
    }
    guard let integers = function.integers else { return a }
    let result = Tensor.empty(shape, .int64, pool: pool)
    let (left, right) = (
      Kernels.convert(a, to: .int64, pool: pool), Kernels.convert(b, to: .int64, pool: pool)
    )
    Kernels.zip(left, right, result, Int64.self, integers)
    return Kernels.convert(result, to: dtype, pool: pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let pool = call.context.pool
    let a = Kernels.convert(node.inputs[0], to: upstream.dtype, pool: pool)
    let b = Kernels.convert(node.inputs[1], to: upstream.dtype, pool: pool)
    var gradients: [Tensor?] = [nil, nil]
    if node.needsGradient(0) {
      let full = function.mapGradientOfFirst(upstream: upstream, a, b, pool: pool)
      gradients[0] = Kernels.sum(full, to: a.shape, pool: pool)
    }
    if node.needsGradient(1) {
      let full = function.mapGradientOfSecond(upstream: upstream, a, b, pool: pool)
      gradients[1] = Kernels.sum(full, to: b.shape, pool: pool)
    }
    return gradients
  }
}

extension Binary: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let function = function
    let written = CellFunction(function.formula ?? "\(info.name)(%1, %2)") { function.value($0[0], $0[1]) }
    return .call(written, CellRule.sources(call, cell).map { .cell($0) })
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    let copies = call.spread(input).copies(of: cell)
    let terms = copies.map {
      function.slope(of: input, named: info.name, upstream: $0, CellRule.sources(call, $0))
    }
    return .total(terms.count) { terms[$0] }
  }
}

extension BinaryFunction {
  /// The gradient of an output's cell times the derivative by one of the two operands.
  func slope(
    of input: Int, named name: String, upstream: Int, _ operands: [CellPlace]
  ) -> CellExpression {
    let words = slopes.map { input == 0 ? $0.0 : $0.1 } ?? "\(name)′(%1, %2)"
    return .slope(words, upstream: upstream, operands, blocks: false) {
      input == 0 ? derivativeOfFirst($0[0], $0[1]) : derivativeOfSecond($0[0], $0[1])
    }
  }
}
