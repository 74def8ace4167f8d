extension OperatorInfo {
  /// A tensor limited to a range.
  package static let clamp = OperatorInfo(
    "clamp", "y = x, but at least min and at most max", "∂x = g between the bounds, else 0",
    cells: .elementwise,
    reasons: DefectReasons(blocked: "clamp passes gradient only where its input is between the bounds"),
    samples: GradientSample([3, 4]) { try $0[0].clamp(min: -0.5, max: 0.5) })
}

/// x, but at least `lower` and at most `upper`; its derivative is 1 between the bounds, else 0, as
/// in PyTorch also at the bounds themselves.
struct ClampFunction: UnaryFunction {
  let saved: SavedValues = .inputs
  let lower: Double
  let upper: Double

  func value<S: FloatingScalar>(_ x: S) -> S {
    let raised = x < S(lower) ? S(lower) : x
    return raised > S(upper) ? S(upper) : raised
  }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { isFree(x) ? 1 : 0 }
  func gradient<S: FloatingScalar>(_ upstream: S, _ x: S, _ y: S) -> S {
    isFree(x) ? upstream : 0
  }

  /// Whether x lies between the bounds; an infinite bound is none.
  private func isFree<S: FloatingScalar>(_ x: S) -> Bool {
    !x.isNaN && (lower == -.infinity || x > S(lower)) && (upper == .infinity || x < S(upper))
  }
}

extension Tensor {
  /// Each element, but at least `minimum` and at most `maximum`; `maximum` wins where they cross.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.clamp.html>
  public func clamp(
    min minimum: Double = -.infinity, max maximum: Double = .infinity, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Unary(.clamp, ClampFunction(lower: minimum, upper: maximum)), to: [self],
      at: SourceLocation(file: file, line: line))
  }
}
