import Localization

extension OperatorInfo {
  /// The smooth rectifier.
  package static let softplus = OperatorInfo(
    "softplus", Sentence("y = ln(1 + eᵝˣ) ÷ β, or x where β·x is above the threshold"),
    Sentence("∂x = g × σ(β·x), or g where β·x is above the threshold"), cells: .elementwise,
    samples: GradientSample([2, 3]) { try $0[0].softplus() },
    GradientSample([3, 4]) { try $0[0].softplus(beta: 2, threshold: 1000) })
}

/// ln(1 + eᵝˣ) ÷ β, or x where β·x is above the threshold, so that nothing overflows.
struct SoftplusFunction: UnaryFunction {
  let saved: SavedValues = .inputs
  let integers = IntegerRule.refuse
  let beta: Double
  let threshold: Double

  func value<S: FloatingScalar>(_ x: S) -> S {
    let scaled = x * S(beta)
    return scaled > S(threshold) ? x : S.log1p(S.exp(scaled)) / S(beta)
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S {
    let scaled = x * S(beta)
    let power = S.exp(scaled)
    return scaled > S(threshold) ? 1 : power / (power + 1)
  }
}

extension Tensor {
  /// ln(1 + eᵝˣ) ÷ β for each element: a smooth ReLU, closer to it the greater `beta` is.
  ///
  /// Elements for which β·x is above `threshold` are returned as they are.
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html>
  public func softplus(
    beta: Double = 1, threshold: Double = 20, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Unary(.softplus, SoftplusFunction(beta: beta, threshold: threshold)), to: [self],
      at: SourceLocation(file: file, line: line))
  }
}
