/// max(0, x); its derivative at 0 is 0, as PyTorch has it.
struct ReLUFunction: UnaryFunction {
  let name = "relu"
  // A comparison with x on its left keeps NaN: max(0, NaN) would be 0.
  func value<S: FloatingScalar>(_ x: S) -> S { x < 0 ? 0 : x }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y > 0 ? 1 : (y == 0 ? 0 : y) }
}

/// 1 ÷ (1 + e⁻ˣ), computed so that neither end overflows.
struct SigmoidFunction: UnaryFunction {
  let name = "sigmoid"
  func value<S: FloatingScalar>(_ x: S) -> S {
    let small = S.exp(-abs(x))
    return x >= 0 ? 1 / (1 + small) : small / (1 + small)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { y * (1 - y) }
}

/// (eˣ − e⁻ˣ) ÷ (eˣ + e⁻ˣ).
struct TanhFunction: UnaryFunction {
  let name = "tanh"
  func value<S: FloatingScalar>(_ x: S) -> S { S.tanh(x) }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { 1 - y * y }
}

extension Tensor {
  /// max(0, x) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html>
  public func relu(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(ReLUFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// 1 ÷ (1 + e⁻ˣ) for each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sigmoid.html>
  public func sigmoid(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(SigmoidFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The hyperbolic tangent of each element.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.tanh.html>
  public func tanh(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try apply(Unary(TanhFunction()), to: [self], at: SourceLocation(file: file, line: line))
  }
}
