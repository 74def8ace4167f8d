import Localization

extension OperatorInfo {
  /// Tensors joined along a dimension.
  package static let cat = OperatorInfo(
    "cat", Sentence("y = tensors joined along a dimension"), Sentence("each gets its part of g"),
    cells: .moved,
    samples: GradientSample([2, 3], [2, 1]) { try Tensor.cat($0, dim: 1) })

  /// Tensors joined along a new dimension.
  package static let stack = OperatorInfo(
    "stack", Sentence("y = tensors joined along a new dimension"), Sentence("each gets its part of g"),
    cells: .moved,
    samples: GradientSample([2, 3], [2, 3]) { try Tensor.stack($0, dim: -1) })
}

/// Tensors one after the other along a dimension; each gets its part of the gradient.
struct Concatenate: Operator {
  var info: OperatorInfo { .cat }
  let dim: Int
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let model = inputs.first { !Concatenate.isSkipped($0) } ?? inputs.first
    guard let model, model.rank > 0 else {
      throw call.shapeError(inputs, expected: localized("one tensor or more, none of them a scalar"))
    }
    let index = try call.dimension(dim, of: model.shape)
    var shape = model.shape
    shape[index] = 0
    var dtype = inputs[0].dtype
    for input in inputs {
      dtype = DType.promoting(dtype, input.dtype)
      if Concatenate.isSkipped(input), model.rank > 1 { continue }
      guard input.rank == shape.rank, input.shape.removing(at: index) == shape.removing(at: index) else {
        throw call.shapeError(inputs, expected: localized("equal sizes in every dimension but \(index)"))
      }
      let (size, overflow) = shape[index].addingReportingOverflow(input.shape[index])
      guard !overflow else {
        throw call.shapeError(inputs, expected: localized("sizes whose sum fits into memory"))
      }
      shape[index] = size
    }
    try call.checkFits(shape, dtype, inputs)
    let result = call.empty(shape, dtype)
    var start = 0
    for input in inputs where input.rank == shape.rank {
      let values = Kernels.convert(input, to: dtype, pool: call.context.pool)
      Kernels.write(
        values, through: result.part(index, start, input.shape[index]), pool: call.context.pool)
      start += input.shape[index]
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let index = try call.dimension(dim, of: upstream.shape)
    var start = 0
    return node.inputs.map { input in
      guard input.rank == upstream.rank else { return call.empty(input.shape, upstream.dtype) }
      let part = upstream.part(index, start, input.shape[index])
      start += input.shape[index]
      return part
    }
  }

  /// PyTorch accepts an empty vector among tensors of any rank.
  private static func isSkipped(_ tensor: Tensor) -> Bool { tensor.shape == [0] }
}

/// Tensors of one shape side by side along a new dimension.
struct Stack: Operator {
  var info: OperatorInfo { .stack }
  let dim: Int
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    guard let first = inputs.first, first.rank < Shape.maximumRank,
      inputs.allSatisfy({ $0.shape == first.shape })
    else { throw call.shapeError(inputs, expected: localized("one tensor or more, all of one shape")) }
    let shape = first.shape.inserting(inputs.count, at: try index(first.rank, call))
    let dtype = inputs.reduce(first.dtype) { DType.promoting($0, $1.dtype) }
    try call.checkFits(shape, dtype, inputs)
    let result = call.empty(shape, dtype)
    for (position, input) in inputs.enumerated() {
      let values = Kernels.convert(input, to: dtype, pool: call.context.pool)
      Kernels.write(
        values, through: result.place(try index(first.rank, call), position), pool: call.context.pool)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let index = try index(upstream.rank - 1, call)
    return node.inputs.indices.map { upstream.place(index, $0) }
  }

  private func index(_ rank: Int, _ call: Call) throws -> Int {
    guard dim >= -rank - 1, dim <= rank else {
      throw call.argumentError("dim", dim, expected: localized("a dimension from \(-rank - 1) to \(rank)"))
    }
    return dim < 0 ? dim + rank + 1 : dim
  }
}

extension Tensor {
  /// `count` places of a dimension from `start`, as a view.
  fileprivate func part(_ dim: Int, _ start: Int, _ count: Int) -> Tensor {
    var shape = shape
    shape[dim] = count
    return Tensor(
      storage: storage, shape: shape, strides: strides,
      offset: offset + (count > 0 ? start * strides[dim] : 0))
  }

  /// One place of a dimension, left out of the view.
  func place(_ dim: Int, _ index: Int) -> Tensor {
    Tensor(
      storage: storage, shape: shape.removing(at: dim), strides: strides.removing(at: dim),
      offset: offset + (elementCount > 0 ? index * strides[dim] : 0))
  }

  /// Tensors one after the other along `dim`; NumPy's `concatenate`.
  ///
  /// **Shapes**: `[a, c]` and `[b, c]` in dimension 0 → `[a + b, c]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.cat.html>
  public static func cat(
    _ tensors: [Tensor], dim: Int = 0, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(Concatenate(dim: dim), to: tensors, at: SourceLocation(file: file, line: line))
  }

  /// Tensors of one shape side by side along a new dimension `dim`.
  ///
  /// **Shapes**: n of `[a, b]` in dimension 0 → `[n, a, b]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.stack.html>
  public static func stack(
    _ tensors: [Tensor], dim: Int = 0, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(Stack(dim: dim), to: tensors, at: SourceLocation(file: file, line: line))
  }
}
