import Localization

extension OperatorInfo {
  /// The entries of a dimension at given indices.
  package static let indexSelect = OperatorInfo(
    "index_select", Sentence("y = the entries of one dimension at the indices"),
    Sentence("∂x = g added at the indices"),
    cells: .picked,
    samples: GradientSample([3, 4]) { try $0[0].indexSelect(dim: 0, Tensor([2, 0, 2])) })

  /// The rows of a table at given indices.
  package static let embedding = OperatorInfo(
    "embedding", Sentence("y = the row of the table at each index"),
    Sentence("∂table = g added at those rows"), cells: .picked,
    samples: GradientSample([4, 3]) { try $0[0].embedding(Tensor([1, 3, 1])) })
}

/// The entries of a dimension at the given places, which may repeat; their gradients add up.
struct IndexSelect: Operator {
  /// `index_select` or `embedding`.
  let info: OperatorInfo
  let dim: Int
  /// The result's shape in place of `dim`: the indices' own for an embedding.
  let keepsIndexShape: Bool
  /// The entry that gets no gradient.
  var paddingIndex: Int?
  var saved: SavedValues { .inputs }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    guard inputs[1].dtype == .int64 else {
      throw call.typeError(inputs, expected: localized("a tensor and int64 indices"))
    }
    let shape = resultShape(inputs[0].shape, inputs[1].shape)
    try call.checkFits(shape, inputs[0].dtype, inputs)
    let (x, indices) = (call.packed(inputs[0]), call.packed(inputs[1]))
    let size = x.rank == 0 ? 1 : x.shape[dim]
    try call.checkElements(
      of: indices, "index", below: size,
      expected: size == 0
        ? localized("no index, because the dimension is empty") : localized("0 to \(size - 1)"))
    let result = call.empty(shape, x.dtype)
    let lanes = Lanes(x.shape, dim)
    switch x.dtype {
    case .float32: Kernels.take(x, indices, lanes, result, Float.self)
    case .float64: Kernels.take(x, indices, lanes, result, Double.self)
    case .int64: Kernels.take(x, indices, lanes, result, Int64.self)
    case .bool: Kernels.take(x, indices, lanes, result, Bool.self)
    }
    return result
  }

  private func resultShape(_ x: Shape, _ indices: Shape) -> Shape {
    var shape = Shape(x.prefix(dim))
    if keepsIndexShape {
      for size in indices { shape.append(size) }
    } else if x.rank > 0 {
      shape.append(indices.elementCount)
    }
    for size in x.dropFirst(dim + 1) { shape.append(size) }
    return shape
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let result = call.empty(node.inputs[0].shape, upstream.dtype)
    result.fillStorage(with: 0)
    let (incoming, indices) = (call.packed(upstream), call.packed(node.inputs[1]))
    let lanes = Lanes(result.shape, dim)
    if upstream.dtype == .float32 {
      Kernels.addTaken(incoming, indices, lanes, result, Float.self)
    } else {
      Kernels.addTaken(incoming, indices, lanes, result, Double.self)
    }
    if let paddingIndex { result.place(dim, paddingIndex).write { _ in 0 } }
    return [result, nil]
  }
}

extension Kernels {
  /// Copies the entries at `indices` of each lane, the inner elements together.
  static func take<S: Scalar>(
    _ x: Tensor, _ indices: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type
  ) {
    let (source, target, places) = (x.pointer(S.self), result.pointer(S.self), indices.values(Int64.self))
    for outer in 0..<lanes.outer {
      for (position, place) in places.enumerated() {
        let from = source + (outer * lanes.length + Int(place)) * lanes.inner
        (target + (outer * places.count + position) * lanes.inner).update(from: from, count: lanes.inner)
      }
    }
  }

  /// Adds the gradient of each taken entry to the place it was taken from.
  static func addTaken<S: FloatingScalar>(
    _ upstream: Tensor, _ indices: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type
  ) {
    let (incoming, target) = (upstream.pointer(S.self), result.pointer(S.self))
    let places = indices.values(Int64.self)
    for outer in 0..<lanes.outer {
      for (position, place) in places.enumerated() {
        let from = incoming + (outer * places.count + position) * lanes.inner
        let to = target + (outer * lanes.length + Int(place)) * lanes.inner
        for index in 0..<lanes.inner { to[index] += from[index] }
      }
    }
  }
}

extension Tensor {
  /// The entries of dimension `dim` at the places `indices` names, in that order.
  ///
  /// **Shapes**: `[a, b]` in dimension 1 with int64 indices `[n]` → `[a, n]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.index_select.html>
  public func indexSelect(
    dim: Int, _ indices: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.indexSelect, at: location)
    let dimension = try call.dimension(dim, of: shape)
    guard indices.rank <= 1, rank > 0 || indices.elementCount == 1 else {
      throw call.shapeError([self, indices], expected: localized("indices of shape [n], [1] for a scalar"))
    }
    return try apply(
      IndexSelect(info: .indexSelect, dim: dimension, keepsIndexShape: false), to: [self, indices],
      at: location)
  }

  /// The row of this table that each index names; PyTorch's `F.embedding`.
  ///
  /// The row `paddingIndex`, counted from the end when negative, gets no gradient.
  /// **Shapes**: table `[entries, features]`, int64 indices `[...]` → `[..., features]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html>
  public func embedding(
    _ indices: Tensor, paddingIndex: Int? = nil, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard rank == 2, indices.rank < Shape.maximumRank else {
      throw Call(.embedding, at: location)
        .shapeError([self, indices], expected: localized("a table [entries, features] and indices"))
    }
    let (padding, entries) = (paddingIndex.map { $0 < 0 ? $0 &+ shape[0] : $0 }, shape[0])
    if let padding, !(0..<entries).contains(padding) {
      throw Call(.embedding, at: location)
        .argumentError(
          "paddingIndex", paddingIndex ?? 0,
          expected: localized("a row of the table, \(-entries) to \(entries - 1)"))
    }
    let operation = IndexSelect(info: .embedding, dim: 0, keepsIndexShape: true, paddingIndex: padding)
    return try apply(operation, to: [self, indices], at: location)
  }
}
