import Localization

/// A loss made from a function of prediction and target, element by element, and its reduction.
struct PairwiseLoss<Function: BinaryFunction>: ReducingLoss {
  let info: OperatorInfo
  let function: Function
  let reduction: Reduction
  /// Whether the target may be repeated to the prediction's shape, or the other way round.
  let broadcasts: Bool
  /// Whether one of them may be of whole numbers or bools.
  var takesOtherTypes: Bool { broadcasts }
  var saved: SavedValues { .inputs }

  init(_ info: OperatorInfo, _ function: Function, reduction: Reduction, broadcasts: Bool = true) {
    self.info = info
    self.function = function
    self.reduction = reduction
    self.broadcasts = broadcasts
  }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (dtype, pool) = (DType.promoting(inputs[0], inputs[1]), call.context.pool)
    guard inputs[0].dtype.isFloatingPoint || takesOtherTypes && dtype.isFloatingPoint,
      inputs[1].dtype.isFloatingPoint || takesOtherTypes
    else {
      throw call.typeError(
        inputs, expected: localized("floating-point tensors: convert one with to(.float32)"))
    }
    guard broadcasts || inputs[0].shape == inputs[1].shape else {
      throw call.shapeError(inputs, expected: localized("prediction and target of one shape"))
    }
    let shape = try call.broadcast(inputs[0].shape, inputs[1].shape, dtype, inputs)
    let (a, b) = (
      Kernels.convert(inputs[0], to: dtype, pool: pool), Kernels.convert(inputs[1], to: dtype, pool: pool)
    )
    let losses = function.map(a, b, shape: shape, pool: pool)
    return Kernels.reduce(losses, by: reduction, count: Double(losses.elementCount), pool: pool)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let pool = call.context.pool
    let a = Kernels.convert(node.inputs[0], to: upstream.dtype, pool: pool)
    let b = Kernels.convert(node.inputs[1], to: upstream.dtype, pool: pool)
    let shape = Shape.broadcast(a.shape, b.shape) ?? upstream.shape
    var incoming = upstream
    if reduction == .mean { incoming = Kernels.divide(upstream, by: Double(shape.elementCount), pool: pool) }
    if reduction != .none { incoming = incoming.expanded(to: shape) }
    var gradients: [Tensor?] = [nil, nil]
    if node.needsGradient(0) {
      let full = function.mapGradientOfFirst(upstream: incoming, a, b, pool: pool)
      gradients[0] = Kernels.sum(full, to: a.shape, pool: pool)
    }
    if node.needsGradient(1) {
      let full = function.mapGradientOfSecond(upstream: incoming, a, b, pool: pool)
      gradients[1] = Kernels.sum(full, to: b.shape, pool: pool)
    }
    return gradients
  }
}

extension CellRule {
  /// A loss of pairs of cells.
  static let pairwiseLoss = CellRule { call, cell in
    let pairs = pairs(call)
    let cells = call.output.rank == 0 ? Array(0..<pairs.elementCount) : [cell]
    return CellOperands(.mixture, cells.flatMap { read(call, pairs, $0) })
  } gradient: { call, input, cell in
    let pairs = pairs(call)
    let places = Spread(call.shape(input), in: pairs).copies(of: cell).flatMap { copy in
      [.upstream(call.output.rank == 0 ? 0 : copy)] + read(call, pairs, copy)
    }
    return CellOperands(.mixture, places)
  }

  static func pairs(_ call: CellCall) -> Shape {
    Shape.broadcast(call.shape(0), call.shape(1)) ?? call.shape(0)
  }

  static func read(_ call: CellCall, _ pairs: Shape, _ cell: Int) -> [CellPlace] {
    (0..<2).map { .input($0, Spread(call.shape($0), in: pairs).source(of: cell)) }
  }
}

extension PairwiseLoss: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let (pairs, function) = (CellRule.pairs(call), function)
    let written = CellFunction(function.formula ?? "\(info.name)(%1, %2)") { function.value($0[0], $0[1]) }
    func loss(_ cell: Int) -> CellExpression {
      .call(written, CellRule.read(call, pairs, cell).map { .cell($0) })
    }
    guard reduction != .none else { return loss(cell) }
    return .reduced(by: reduction, .total(pairs.elementCount, loss), count: Double(pairs.elementCount))
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    let pairs = CellRule.pairs(call)
    let terms = Spread(call.shape(input), in: pairs).copies(of: cell).map { copy in
      function.slope(
        of: input, named: info.name, upstream: reduction == .none ? copy : 0, CellRule.read(call, pairs, copy)
      )
    }
    return .reduced(by: reduction, .total(terms.count) { terms[$0] }, count: Double(pairs.elementCount))
  }
}

extension CellExpression {
  /// A sum of losses, divided by `count` where the reduction is their mean.
  static func reduced(by reduction: Reduction, _ sum: CellExpression, count: Double) -> CellExpression {
    reduction == .mean ? sum / .constant(count) : sum
  }
}
