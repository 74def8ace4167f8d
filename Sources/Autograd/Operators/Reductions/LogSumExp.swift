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
