import Localization

extension OperatorInfo {
  /// The dimensions in another order.
  package static let permute = OperatorInfo(
    "permute", Sentence("y = x's dimensions in another order"),
    Sentence("∂x = g's dimensions back in x's order"), cells: .moved,
    samples: GradientSample([2, 3, 4]) { try $0[0].permute([2, 0, 1]) })

  /// Two dimensions exchanged.
  package static let transpose = OperatorInfo(
    "transpose", Sentence("y = x with two dimensions exchanged"), Sentence("∂x = g with them exchanged back"),
    cells: .moved,
    samples: GradientSample([2, 3, 4]) { try $0[0].transpose(0, -1) })

  /// The transpose of a matrix.
  package static let t = OperatorInfo(
    "t", "Y = Xᵀ", "∂X = Gᵀ", cells: .moved, samples: GradientSample([2, 3]) { try $0[0].t() })
}

/// The dimensions in another order, sharing memory; the gradient's go back into theirs.
struct Permute: Operator {
  /// `permute`, `transpose` or `t`.
  let info: OperatorInfo
  /// For each dimension of the result, the dimension of the input it shows.
  let order: Shape
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { inputs[0].permuted(order) }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    var inverse = order
    for (position, dimension) in order.enumerated() { inverse[dimension] = position }
    return [upstream.permuted(inverse)]
  }
}

extension Tensor {
  /// A view whose dimension i is this tensor's dimension `order[i]`.
  func permuted(_ order: Shape) -> Tensor {
    var (shape, strides) = (order, order)
    for (position, dimension) in order.enumerated() {
      shape[position] = self.shape[dimension]
      strides[position] = self.strides[dimension]
    }
    return Tensor(storage: storage, shape: shape, strides: strides, offset: offset)
  }

  /// The dimensions in the order `dims`.
  ///
  /// **Shapes**: `[a, b, c]` by `[2, 0, 1]` → `[c, a, b]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.permute.html>
  public func permute(_ dims: [Int], file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.permute, at: location)
    let order = try dims.map { try call.dimension($0, of: shape, option: "dims") }
    guard order.count == rank, Set(order).count == rank else {
      throw call.argumentError(
        "dims", "\(dims)", expected: localized("each dimension of a tensor of shape \(shape) once"))
    }
    return try apply(Permute(info: .permute, order: Shape(order)), to: [self], at: location)
  }

  /// Two dimensions exchanged.
  ///
  /// **Shapes**: `[a, b, c]` by 0 and 2 → `[c, b, a]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.transpose.html>
  public func transpose(
    _ dim0: Int, _ dim1: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.transpose, at: location)
    let first = try call.dimension(dim0, of: shape, option: "dim0")
    let second = try call.dimension(dim1, of: shape, option: "dim1")
    var order = Shape(0..<rank)
    if rank > 0 { order.swapAt(first, second) }
    return try apply(Permute(info: .transpose, order: order), to: [self], at: location)
  }

  /// The transpose of a matrix; vectors and scalars as they are.
  ///
  /// **Shapes**: `[a, b]` → `[b, a]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.t.html>
  public func t(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard rank <= 2 else {
      throw Call(.t, at: location)
        .shapeError([self], expected: localized("at most two dimensions: use transpose or permute"))
    }
    return try apply(Permute(info: .t, order: Shape((0..<rank).reversed())), to: [self], at: location)
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  /// The dimensions in reverse order; a matrix's transpose, NumPy's `x.T`.
  ///
  /// **Shapes**: `[a, b]` → `[b, a]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/tensors.html#torch.Tensor.T>
  public var T: Tensor {
    get throws {
      let location = SourceLocation(file: #fileID, line: #line)
      return try apply(
        Permute(info: .permute, order: Shape((0..<rank).reversed())), to: [self], at: location)
    }
  }
}
