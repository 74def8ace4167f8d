extension OperatorInfo {
  /// The logarithm of the sum of exponentials.
  package static let logsumexp = OperatorInfo(
    "logsumexp", "y = ln Σ eˣ", "∂x = g × eˣ⁻ʸ", cells: .statistic,
    samples: GradientSample([3, 4]) { try $0[0].logsumexp(dim: 1) })
}

/// ln Σ eˣ over some dimensions, less the greatest first so that nothing overflows.
///
/// Its derivative is the softmax: eˣ⁻ʸ.
struct LogSumExp: ReducingOperator {
  var info: OperatorInfo { .logsumexp }
  let dimensions: ReducedDimensions

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (x, pool) = (call.floating(inputs[0]), call.context.pool)
    let (kept, output) = try dimensions.shapes(for: x.shape, in: call)
    let shift = call.empty(kept, x.dtype)
    shift.fillStorage(with: -.infinity)
    if x.elementCount > 0 {
      if x.dtype == .float32 {
        Kernels.extremum(x, shift, true, Float.self)
      } else {
        Kernels.extremum(x, shift, true, Double.self)
      }
    }
    let finite = FiniteFunction().map(shift, pool: pool)
    let powers = ExponentialFunction().map(
      SubtractFunction().map(x, finite, shape: x.shape, pool: pool), pool: pool)
    let logarithm = LogarithmFunction().map(Kernels.sum(powers, to: kept, pool: pool), pool: pool)
    return AddFunction().map(logarithm, finite, shape: kept, pool: pool).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (x, pool) = (node.inputs[0], call.context.pool)
    let (kept, _) = try dimensions.shapes(for: x.shape, in: call)
    let output = try node.savedOutput().viewed(as: kept)
    let share = ExponentialFunction().map(
      SubtractFunction().map(x, output, shape: x.shape, pool: pool), pool: pool)
    let incoming = call.packed(upstream).viewed(as: kept)
    return [MultiplyFunction().map(share, incoming, shape: x.shape, pool: pool)]
  }
}

/// x where it is finite or NaN, else 0.
private struct FiniteFunction: UnaryFunction {
  func value<S: FloatingScalar>(_ x: S) -> S { x.isInfinite ? 0 : x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { x.isInfinite ? 0 : 1 }
}

extension Tensor {
  /// ln Σ eˣ over some dimensions, all of them where none is named.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.logsumexp.html>
  public func logsumexp(
    dims: [Int] = [], keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      LogSumExp(dimensions: ReducedDimensions(dims, keepDim: keepDim)), to: [self],
      at: SourceLocation(file: file, line: line))
  }

  /// ln Σ eˣ over one dimension, as ``logsumexp(dims:keepDim:file:line:)``.
  public func logsumexp(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try logsumexp(dims: [dim], keepDim: keepDim, file: file, line: line)
  }
}

extension LogSumExp: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { .logOfSum(of: $0.copies(of: cell), in: call) }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let kept = spread.source(of: cell)
      let share = CellFunction("exp(%1 − %2)") { Double.exp($0[0] - $0[1]) }
      let logarithm = CellExpression.named("y", .logOfSum(of: spread.copies(of: kept), in: call))
      return .cell(.upstream(kept)) * .call(share, [.cell(.input(0, cell)), logarithm])
    }
  }
}

extension CellExpression {
  /// m + ln S of some cells of the first input.
  static func logOfSum(of cells: [Int], in call: CellCall) -> CellExpression {
    let (greatest, sum) = exponentials(of: cells, in: call)
    return greatest + .call(CellFunction("ln(%1)") { Double.log($0[0]) }, [sum])
  }

  /// The greatest of some cells, m, and S = Σ exp(x − m), each on a line of its own.
  static func exponentials(
    of cells: [Int], in call: CellCall
  ) -> (greatest: CellExpression, sum: CellExpression) {
    let best = cells.max { call.inputs[0].number(at: $0) < call.inputs[0].number(at: $1) } ?? 0
    let words = cells.count > 1 ? "max(…, %1, …)" : "max(%1)"
    let greatest = CellExpression.named("m", .call(CellFunction(words) { $0[0] }, [.cell(.input(0, best))]))
    let power = CellFunction("exp(%1 − %2)") { Double.exp($0[0] - $0[1]) }
    let sum = CellExpression.total(cells.count) {
      .call(power, [.cell(.input(0, cells[$0])), greatest])
    }
    return (greatest, .named("S", sum))
  }
}
