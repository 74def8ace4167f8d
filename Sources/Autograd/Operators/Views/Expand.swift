import Localization

extension OperatorInfo {
  /// Dimensions of size 1 repeated.
  package static let expand = OperatorInfo(
    "expand", Sentence("y = x repeated where its size is 1"),
    Sentence("∂x = g summed over what was repeated"), cells: .moved,
    samples: GradientSample([3, 1]) { try $0[0].expand(2, -1, 4) })
}

/// A view that repeats dimensions of size 1; the gradient is summed over what was repeated.
struct Expand: Operator {
  var info: OperatorInfo { .expand }
  let target: Shape
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { inputs[0].expanded(to: target) }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [Kernels.sum(upstream, to: node.inputs[0].shape, pool: call.context.pool)]
  }
}

extension Tensor {
  /// Dimensions of size 1 repeated to the given sizes, −1 for a size that stays; new dimensions may precede them.
  ///
  /// **Shapes**: `[3, 1]` to `[2, -1, 4]` → `[2, 3, 4]`. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.Tensor.expand.html>
  public func expand(_ shape: [Int], file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.expand, at: location)
    let expected = localized("sizes to which \(self.shape) broadcasts, -1 where one stays")
    let added = shape.count - rank
    guard added >= 0, shape.count <= Shape.maximumRank else {
      throw call.argumentError("shape", "\(shape)", expected: expected)
    }
    var target = Shape()
    for (index, size) in shape.enumerated() {
      let own = index < added ? 1 : self.shape[index - added]
      let kept = size == -1 && index >= added ? own : size
      guard kept >= 0, own == 1 || own == kept else {
        throw call.argumentError("shape", "\(shape)", expected: expected)
      }
      target.append(kept)
    }
    try call.checkFits(target, dtype, [self])
    return try apply(Expand(target: target), to: [self], at: location)
  }

  /// As ``expand(_:file:line:)`` with the sizes in a row.
  public func expand(_ sizes: Int..., file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try expand(sizes, file: file, line: line)
  }
}
