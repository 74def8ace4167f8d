import Localization

extension OperatorInfo {
  /// One element of each lane, by index.
  package static let gather = OperatorInfo(
    "gather", Sentence("y = the element of each lane at an index"), Sentence("∂x = g added at the indices"),
    cells: .picked,
    samples: GradientSample([3, 4]) { try $0[0].gather(dim: 1, Tensor([1, 0, 3]).unsqueeze(dim: 1)) })
}

/// For each index, the element at that place of its lane along a dimension.
struct Gather: Operator {
  var info: OperatorInfo { .gather }
  let dim: Int
  var saved: SavedValues { .inputs }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try call.checkFits(inputs[1].shape, inputs[0].dtype, inputs)
    try check(inputs, call)
    let (x, indices) = (call.packed(inputs[0]), call.packed(inputs[1]))
    let result = call.empty(indices.shape, x.dtype)
    switch x.dtype {
    case .float32: Kernels.gather(x, indices, dim, result, Float.self)
    case .float64: Kernels.gather(x, indices, dim, result, Double.self)
    case .int64: Kernels.gather(x, indices, dim, result, Int64.self)
    case .bool: Kernels.gather(x, indices, dim, result, Bool.self)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let result = call.empty(node.inputs[0].shape, upstream.dtype)
    result.fillStorage(with: 0)
    let (incoming, indices) = (call.packed(upstream), call.packed(node.inputs[1]))
    if upstream.dtype == .float32 {
      Kernels.addGathered(incoming, indices, dim, result, Float.self)
    } else {
      Kernels.addGathered(incoming, indices, dim, result, Double.self)
    }
    return [result, nil]
  }

  private func check(_ inputs: [Tensor], _ call: Call) throws {
    let (x, indices) = (inputs[0], inputs[1])
    guard indices.dtype == .int64 else {
      throw call.typeError(inputs, expected: localized("a tensor and int64 indices"))
    }
    let ranksAgree = max(x.rank, 1) == max(indices.rank, 1)
    guard
      ranksAgree || indices.elementCount == 0,
      indices.elementCount == 0
        || zip(0..., zip(indices.shape, x.shape)).allSatisfy({ $0 == dim || $1.0 <= $1.1 })
    else {
      throw call.shapeError(
        inputs,
        expected: localized("indices of as many dimensions, none but dim \(dim) greater than the tensor's"))
    }
    let size = x.rank == 0 ? 1 : x.shape[dim]
    try call.checkElements(
      of: indices, "index", below: size,
      expected: size == 0
        ? localized("no index, because the dimension is empty") : localized("0 to \(size - 1)"))
  }
}

extension Kernels {
  static func gather<S: Scalar>(
    _ x: Tensor, _ indices: Tensor, _ dim: Int, _ result: Tensor, _ type: S.Type
  ) {
    let (source, target) = (x.pointer(S.self), result.pointer(S.self))
    forEachGathered(x, indices, dim) { target[$0] = source[$1] }
  }

  static func addGathered<S: FloatingScalar>(
    _ upstream: Tensor, _ indices: Tensor, _ dim: Int, _ result: Tensor, _ type: S.Type
  ) {
    let (incoming, target) = (upstream.pointer(S.self), result.pointer(S.self))
    forEachGathered(result, indices, dim) { target[$1] += incoming[$0] }
  }

  /// Calls `body` with each index's position and the place in the contiguous tensor that it names.
  @inline(__always)
  private static func forEachGathered(
    _ x: Tensor, _ indices: Tensor, _ dim: Int, _ body: (_ position: Int, _ place: Int) -> Void
  ) {
    let places = indices.pointer(Int64.self)
    guard x.rank > 0, indices.rank > 0 else {
      for position in 0..<indices.elementCount { body(position, Int(places[position])) }
      return
    }
    let length = rowLength(indices.shape)
    var steps = x.strides
    steps[dim] = 0
    var position = 0
    forEachRow(indices.shape, steps) { offset, step in
      for index in 0..<length {
        body(position, offset + index * step + Int(places[position]) * x.strides[dim])
        position += 1
      }
    }
  }
}

extension Tensor {
  /// For each index, the element at that place of dimension `dim` and, in the others, at the index's own.
  ///
  /// **Shapes**: int64 indices of any shape that fits in all dimensions but `dim` → the indices' shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.gather.html>
  public func gather(
    dim: Int, _ indices: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.gather, at: location)
    return try apply(Gather(dim: call.dimension(dim, of: shape)), to: [self, indices], at: location)
  }
}
