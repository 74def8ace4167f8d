import Localization

extension OperatorInfo {
  /// A copy.
  package static let clone = OperatorInfo(
    "clone", Sentence("y = a copy of x"), "∂x = g", cells: .same,
    samples: GradientSample([2, 3]) { try $0[0].clone() })

  /// A copy in row-major order.
  package static let contiguous = OperatorInfo(
    "contiguous", Sentence("y = x in row-major order"), "∂x = g", cells: .same,
    samples: GradientSample([2, 3]) { try $0[0].t().contiguous() })
}

/// A copy of the values in memory of its own; the gradient passes as it is.
struct Clone: Operator {
  /// `clone` or `contiguous`.
  let info: OperatorInfo
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    inputs[0].copied(pool: call.context.pool)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [upstream] }
}

extension Tensor {
  /// A copy in memory of its own, through which gradients flow.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.clone.html>
  public func clone(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Clone(info: .clone), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The elements one after the other in row-major order: this tensor itself where they lie so, else a copy.
  ///
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.Tensor.contiguous.html>
  public func contiguous(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    if isContiguous { return self }
    return try apply(Clone(info: .contiguous), to: [self], at: SourceLocation(file: file, line: line))
  }
}
