import Localization

extension OperatorInfo {
  /// The variance over dimensions.
  package static let `var` = OperatorInfo(
    "var", "y = Σ (x − mean)² ÷ (n − correction)", "∂x = g × 2·(x − mean) ÷ (n − correction)",
    cells: .statistic,
    samples: GradientSample([3, 4]) { try $0[0].var(dim: 1) },
    GradientSample([3, 4]) { try $0[0].var(correction: 0) })

  /// The standard deviation over dimensions.
  package static let std = OperatorInfo(
    "std", "y = √var", "∂x = g ÷ 2y × ∂var", cells: .statistic,
    samples: GradientSample([3, 4]) { try $0[0].std(dim: 0, keepDim: true) })
}

/// Σ (x − mean)² ÷ (n − correction) over some dimensions, or its root.
///
/// Its derivative is 2·(x − mean) ÷ (n − correction); the root's is that divided by twice the root, 0 at 0.
struct Variance: ReducingOperator {
  let dimensions: ReducedDimensions
  let correction: Double
  let takesRoot: Bool
  var info: OperatorInfo { takesRoot ? .std : .var }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = try call.checkedFloating(inputs[0])
    let (kept, output) = try dimensions.shapes(for: x.shape, in: call)
    let pool = call.context.pool
    let deviations = deviations(x, kept, pool)
    let squares = MultiplyFunction().map(deviations, deviations, shape: x.shape, pool: pool)
    let variance = Kernels.divide(
      Kernels.sum(squares, to: kept, pool: pool), by: max(0, degrees(x.shape, kept)), pool: pool)
    let result = takesRoot ? SquareRootFunction().map(variance, pool: pool) : variance
    return Kernels.convert(result, to: x.dtype, pool: pool).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (x, pool) = (node.inputs[0], call.context.pool)
    let (kept, _) = try dimensions.shapes(for: x.shape, in: call)
    var incoming = call.packed(upstream).viewed(as: kept)
    if takesRoot {
      let root = try node.savedOutput().viewed(as: kept)
      incoming = RootShareFunction().map(incoming, root, shape: kept, pool: pool)
    }
    let factor = Kernels.divide(incoming, by: degrees(x.shape, kept) / 2, pool: pool)
    let deviations = Kernels.convert(deviations(x, kept, pool), to: x.dtype, pool: pool)
    return [MultiplyFunction().map(factor, deviations, shape: x.shape, pool: pool)]
  }

  /// n − correction.
  private func degrees(_ shape: Shape, _ kept: Shape) -> Double {
    Double(shape.elementCount) / Double(max(kept.elementCount, 1)) - correction
  }

  /// x − mean in double precision: the square of 10²⁰ is beyond float32, and a mean of 1,000 rounded to it hides
  /// the digits of small deviations.
  private func deviations(_ x: Tensor, _ kept: Shape, _ pool: StoragePool?) -> Tensor {
    let x = Kernels.convert(x, to: .float64, pool: pool)
    let count = Double(x.elementCount) / Double(max(kept.elementCount, 1))
    let mean = Kernels.divide(Kernels.sum(x, to: kept, pool: pool), by: count, pool: pool)
    return SubtractFunction().map(x, mean, shape: x.shape, pool: pool)
  }
}

/// upstream ÷ 2√v, 0 where the root is.
private struct RootShareFunction: BinaryFunction {
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { b == 0 ? 0 : a / (2 * b) }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { b == 0 ? 0 : 1 / (2 * b) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { b == 0 ? 0 : -a / (2 * b * b) }
}

extension Tensor {
  /// The variance over some dimensions, all of them where none is named: Σ (x − mean)² ÷ (n − correction).
  ///
  /// A correction of 1 (Bessel's) makes it unbiased; 0 gives the variance of the values themselves.
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.var.html>
  public func `var`(
    dims: [Int] = [], correction: Double = 1, keepDim: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Variance(
        dimensions: ReducedDimensions(dims, keepDim: keepDim), correction: correction, takesRoot: false),
      to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The variance over one dimension, as ``var(dims:correction:keepDim:file:line:)``.
  public func `var`(
    dim: Int, correction: Double = 1, keepDim: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try `var`(dims: [dim], correction: correction, keepDim: keepDim, file: file, line: line)
  }

  /// The standard deviation over some dimensions: the root of ``var(dims:correction:keepDim:file:line:)``.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.std.html>
  public func std(
    dims: [Int] = [], correction: Double = 1, keepDim: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Variance(
        dimensions: ReducedDimensions(dims, keepDim: keepDim), correction: correction, takesRoot: true),
      to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The standard deviation over one dimension, as ``std(dims:correction:keepDim:file:line:)``.
  public func std(
    dim: Int, correction: Double = 1, keepDim: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try std(dims: [dim], correction: correction, keepDim: keepDim, file: file, line: line)
  }
}

extension Variance: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let variance = variance(spread.copies(of: cell))
      return takesRoot
        ? .call(CellFunction("√(%1)") { $0[0].squareRoot() }, [.named("var", variance)]) : variance
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let kept = spread.source(of: cell)
      let cells = spread.copies(of: kept)
      let degrees = CellExpression.constant(Double(cells.count) - correction)
      let deviation = CellExpression.cell(.input(0, cell)) - CellExpression.mean(of: cells)
      let upstream = CellExpression.cell(.upstream(kept))
      guard takesRoot else { return upstream * .constant(2) * deviation / degrees }
      let root = CellFunction("√(%1)") { $0[0].squareRoot() }
      let product = CellFunction("%1·%2 ÷ (%3·%4)") { $0[3] == 0 ? 0 : $0[0] * $0[1] / ($0[2] * $0[3]) }
      return .call(
        product,
        [upstream, deviation, degrees, .named("std", .call(root, [.named("var", variance(cells))]))])
    }
  }

  private func variance(_ cells: [Int]) -> CellExpression {
    let mean = CellExpression.mean(of: cells)
    let square = CellFunction("(%1 − %2)²") { ($0[0] - $0[1]) * ($0[0] - $0[1]) }
    return .total(cells.count) { .call(square, [.cell(.input(0, cells[$0])), mean]) }
      / .constant(max(0, Double(cells.count) - correction))
  }
}

extension CellExpression {
  /// The mean of cells of the first input, worked out on a line of its own.
  static func mean(of cells: [Int]) -> CellExpression {
    .named(
      localized("mean"), .total(cells.count) { .cell(.input(0, cells[$0])) } / .constant(Double(cells.count)))
  }
}
