import Localization

extension OperatorInfo {
  /// The same values in another element type.
  package static let to = OperatorInfo(
    "to", Sentence("y = x in another type"), Sentence("∂x = g in x's type"), cells: .elementwise,
    samples: GradientSample([3]) { try $0[0].mul(2).to(.float64) })
}

/// The same values in another type; the gradient comes back in the type it had.
package struct Convert: Operator {
  package var info: OperatorInfo { .to }
  let dtype: DType
  package var saved: SavedValues { [] }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try call.checkFits(inputs[0].shape, dtype, inputs)
    return Kernels.convert(inputs[0], to: dtype, pool: call.context.pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [Kernels.convert(upstream, to: node.inputs[0].dtype, pool: call.context.pool)]
  }
}

extension Tensor {
  /// The same values in another type: this tensor itself where it has that type already.
  ///
  /// Gradients flow between the floating-point types.
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.Tensor.to.html>
  public func to(_ dtype: DType, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    if dtype == self.dtype { return self }
    return try apply(Convert(dtype: dtype), to: [self], at: SourceLocation(file: file, line: line))
  }
}

extension Convert: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? { .cell(.input(0, cell)) }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    .cell(.upstream(cell))
  }
}
