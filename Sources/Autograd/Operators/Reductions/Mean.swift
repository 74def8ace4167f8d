import Localization

extension OperatorInfo {
  /// The mean over dimensions.
  package static let mean = OperatorInfo(
    "mean", "y = Σ x ÷ n", Sentence("∂x = g ÷ n for every element"), cells: .total,
    samples: GradientSample([2, 3]) { try $0[0].mean() },
    GradientSample([2, 3, 2]) { try $0[0].mean(dim: 1) })
}

/// The mean over some dimensions; every element's derivative is 1 ÷ count.
struct Mean: ReducingOperator {
  var info: OperatorInfo { .mean }
  let dimensions: ReducedDimensions
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = try call.checkedFloating(inputs[0])
    let (kept, output) = try dimensions.shapes(for: x.shape, in: call)
    let total = Kernels.sum(x, to: kept, pool: call.context.pool)
    let count = Double(x.elementCount) / Double(kept.elementCount)
    return Kernels.divide(total, by: count, pool: call.context.pool).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let shape = node.inputs[0].shape
    let (kept, _) = try dimensions.shapes(for: shape, in: call)
    let count = Double(shape.elementCount) / Double(kept.elementCount)
    let share = Kernels.divide(upstream, by: count, pool: call.context.pool)
    return [share.viewed(as: kept).expanded(to: shape)]
  }
}

extension Kernels {
  /// Each element divided by `divisor`.
  static func divide(_ x: Tensor, by divisor: Double, pool: StoragePool?) -> Tensor {
    let x = x.packed(pool: pool)
    let result = Tensor.empty(x.shape, x.dtype, pool: pool)
    if x.dtype == .float32 {
      let (source, target, divisor) = (x.pointer(Float.self), result.pointer(Float.self), Float(divisor))
      for index in 0..<x.elementCount { target[index] = source[index] / divisor }
    } else {
      let (source, target) = (x.pointer(Double.self), result.pointer(Double.self))
      for index in 0..<x.elementCount { target[index] = source[index] / divisor }
    }
    return result
  }
}

extension Tensor {
  /// The mean of all elements; NaN of none.
  ///
  /// **Shapes**: any → `[]`. **Source**: <https://pytorch.org/docs/stable/generated/torch.mean.html>
  public func mean(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try mean(dims: [], file: file, line: line)
  }

  /// The mean over one dimension.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mean.html>
  public func mean(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try mean(dims: [dim], keepDim: keepDim, file: file, line: line)
  }

  /// The mean over several dimensions, all of them where none is named.
  ///
  /// **Shapes**: `[a, b, c]` over 0 and 2 → `[b]`, or `[1, b, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.mean.html>
  public func mean(
    dims: [Int], keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Mean(dimensions: ReducedDimensions(dims, keepDim: keepDim)), to: [self],
      at: SourceLocation(file: file, line: line))
  }
}

extension Mean: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let cells = spread.copies(of: cell)
      return .total(cells.count) { .cell(.input(0, cells[$0])) } / .constant(Double(cells.count))
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    call.reduction(to: dimensions).map { spread in
      let count = Double(call.shape(0).elementCount) / Double(max(spread.count, 1))
      return .cell(.upstream(spread.source(of: cell))) / .constant(count)
    }
  }
}
