extension OperatorInfo {
  /// The sigmoid-weighted linear unit.
  package static let silu = OperatorInfo(
    "silu", "y = x·σ(x)", "∂x = g × σ(x)·(1 + x·(1 − σ(x)))", cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].silu() })
}

/// x·σ(x); its derivative is σ(x)·(1 + x·(1 − σ(x))).
struct SiLUFunction: UnaryFunction {
  let formula: String? = "%1·σ(%1)"
  let slope: String? = "σ(%1)·(1 + %1·(1 − σ(%1)))"
  let saved: SavedValues = .inputs
  let integers = IntegerRule.refuse

  func value<S: FloatingScalar>(_ x: S) -> S { x * S.sigmoid(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S {
    let share = S.sigmoid(x)
    return share * (1 + x * (1 - share))
  }
}

extension Tensor {
  /// x·σ(x) for each element; PyTorch's `F.silu`, also called swish.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html>
  public func silu(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(.silu, SiLUFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }
}
