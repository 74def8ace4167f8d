import Localization

extension OperatorInfo {
  /// The sum over dimensions.
  package static let sum = OperatorInfo(
    "sum", "y = Σ x", Sentence("∂x = g for every element"), cells: .total,
    samples: GradientSample([2, 3]) { try $0[0].sum() },
    GradientSample([2, 3, 2]) { try $0[0].sum(dims: [0, -1], keepDim: true) })
}

/// The sum over some dimensions; every element's derivative is 1.
struct Sum: ReducingOperator {
  var info: OperatorInfo { .sum }
  let dimensions: ReducedDimensions
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (kept, output) = try dimensions.shapes(for: inputs[0].shape, in: call)
    let pool = call.context.pool
    let x = inputs[0].dtype == .bool ? Kernels.convert(inputs[0], to: .int64, pool: pool) : inputs[0]
    let total = x.shape == kept ? x.copied(pool: pool) : Kernels.sum(x, to: kept, pool: pool)
    return total.viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (kept, _) = try dimensions.shapes(for: node.inputs[0].shape, in: call)
    return [call.packed(upstream).viewed(as: kept).expanded(to: node.inputs[0].shape)]
  }
}

extension Tensor {
  /// The sum of all elements; of booleans, how many are true.
  ///
  /// **Shapes**: any → `[]`. **Source**: <https://pytorch.org/docs/stable/generated/torch.sum.html>
  public func sum(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try sum(dims: [], file: file, line: line)
  }

  /// The sum over one dimension.
  ///
  /// **Shapes**: `[a, b]` over 1 → `[a]`, or `[a, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.sum.html>
  public func sum(
    dim: Int, keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try sum(dims: [dim], keepDim: keepDim, file: file, line: line)
  }

  /// The sum over several dimensions, all of them where none is named.
  ///
  /// **Shapes**: `[a, b, c]` over 0 and 2 → `[b]`, or `[1, b, 1]` with `keepDim`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.sum.html>
  public func sum(
    dims: [Int], keepDim: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Sum(dimensions: ReducedDimensions(dims, keepDim: keepDim)), to: [self],
      at: SourceLocation(file: file, line: line))
  }

  /// The same elements in row-major order under another shape of as many, sharing contiguous memory.
  package func viewed(as shape: Shape) -> Tensor {
    Tensor(storage: storage, shape: shape, strides: shape.contiguousStrides, offset: offset)
  }

  /// A view that repeats this tensor along the dimensions where it has size 1.
  package func expanded(to target: Shape) -> Tensor {
    Tensor(
      storage: storage, shape: target, strides: shape.broadcastStrides(strides, to: target), offset: offset)
  }
}
