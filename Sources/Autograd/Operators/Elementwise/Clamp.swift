import Localization

extension OperatorInfo {
  /// A tensor limited to a range.
  package static let clamp = OperatorInfo(
    "clamp", Sentence("y = x, but at least min and at most max"),
    Sentence("∂x = g between the bounds, else 0; a bound that is a tensor gets g beyond it"),
    cells: .limited,
    reasons: DefectReasons(
      nan: Sentence("a bound is NaN"),
      blocked: Sentence(
        "clamp passes gradient to its input only between the bounds, and to a bound only beyond it")),
    samples: GradientSample([3, 4]) { try $0[0].clamp(min: -0.5, max: 0.5) },
    GradientSample([3, 4], [4]) { try $0[0].clamp(min: $0[1]) },
    GradientSample([3, 4], [3, 1]) { try $0[0].clamp(max: $0[1]) },
    GradientSample([3, 4], [4], [3, 1]) { try $0[0].clamp(min: $0[1], max: $0[2].add(0.5)) })
}

/// x, but at least `lower` and at most `upper`; its derivative is 1 between the bounds, else 0, as
/// in PyTorch also at the bounds themselves. A bound that is NaN makes everything NaN.
struct ClampFunction: UnaryFunction {
  let saved: SavedValues = .inputs
  let lower: Double
  let upper: Double

  /// Whole numbers stay whole where the bounds are.
  var integers: IntegerRule {
    func isWhole(_ bound: Double) -> Bool { bound.isInfinite || bound == bound.rounded() }
    guard isWhole(lower), isWhole(upper) else { return .convert }
    let (lower, upper) = (Int64(clamping: lower), Int64(clamping: upper))
    return .map(takesBools: true) { min(max($0, lower), upper) }
  }

  func value<S: FloatingScalar>(_ x: S) -> S {
    if lower.isNaN || upper.isNaN { return .nan }
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
    min minimum: Double? = nil, max maximum: Double? = nil, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard minimum != nil || maximum != nil else {
      throw Call(.clamp, at: location).argumentError(
        localized("min and max"), "nil", expected: localized("one of them or both"))
    }
    let function = ClampFunction(lower: minimum ?? -.infinity, upper: maximum ?? .infinity)
    return try apply(Unary(.clamp, function), to: [self], at: location)
  }

  /// Each element, but at least its bound in `minimum` and at most that in `maximum`.
  ///
  /// A bound gets the gradient of the elements that it replaces; where both are equal, each gets half.
  /// **Shapes**: tensors that broadcast → the broadcast shape.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.clamp.html>
  public func clamp(
    min minimum: Tensor, max maximum: Tensor? = nil, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard let maximum else {
      return try apply(Binary(.clamp, MaximumFunction()), to: [self, minimum], at: location)
    }
    return try apply(ClampToTensors(), to: [self, minimum, maximum], at: location)
  }

  /// Each element, but at most its bound; as ``clamp(min:max:file:line:)`` with bounds for each element.
  public func clamp(
    max maximum: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      Binary(.clamp, MinimumFunction()), to: [self, maximum],
      at: SourceLocation(file: file, line: line))
  }
}
