import Localization

extension OperatorInfo {
  /// The squared error.
  package static let mseLoss = OperatorInfo(
    "mse_loss", Sentence("y = (a − b)², averaged"), "∂a = g × 2·(a − b) ÷ n, ∂b = −∂a", cells: .pairwiseLoss,
    reasons: DefectReasons(
      infinite: Sentence("the squares, or their sum, are too large for the element type")),
    caution: Caution.broadcast,
    samples: GradientSample([2, 3], [2, 3]) { try $0[0].mseLoss($0[1]) },
    GradientSample([2, 1], [3]) { try $0[0].mseLoss($0[1], reduction: .sum) })

  /// The absolute error.
  package static let l1Loss = OperatorInfo(
    "l1_loss", Sentence("y = |a − b|, averaged"), Sentence("∂a = g × sign(a − b) ÷ n, ∂b = −∂a"),
    cells: .pairwiseLoss, caution: Caution.broadcast,
    samples: GradientSample([2, 3], [2, 3]) { try $0[0].l1Loss($0[1]) })

  /// Huber's loss.
  package static let huberLoss = OperatorInfo(
    "huber_loss", Sentence("y = (a − b)² ÷ 2 within δ, else δ·(|a − b| − δ ÷ 2), averaged"),
    Sentence("∂a = g × (a − b) limited to ±δ, ÷ n, ∂b = −∂a"), cells: .pairwiseLoss,
    caution: Caution.broadcast,
    samples: GradientSample([3, 3], [3, 3]) { try $0[0].huberLoss($0[1], delta: 0.7) })

  /// The absolute error with a quadratic middle.
  package static let smoothL1Loss = OperatorInfo(
    "smooth_l1_loss", Sentence("y = (a − b)² ÷ 2β within β, else |a − b| − β ÷ 2, averaged"),
    Sentence("∂a = g × (a − b) ÷ β limited to ±1, ÷ n, ∂b = −∂a"), cells: .pairwiseLoss,
    caution: Caution.broadcast,
    samples: GradientSample([3, 3], [3, 3]) { try $0[0].smoothL1Loss($0[1], beta: 0.7, reduction: .none) })
}

/// (a − b)².
struct SquaredErrorFunction: BinaryFunction {
  let formula: String? = "(%1 − %2)²"
  let slopes: (String, String)? = ("2·(%1 − %2)", "2·(%2 − %1)")
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { (a - b) * (a - b) }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 2 * (a - b) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 2 * (b - a) }
}

/// |a − b|; the derivative at 0 is 0.
struct AbsoluteErrorFunction: BinaryFunction {
  let formula: String? = "|%1 − %2|"
  let slopes: (String, String)? = ("sign(%1 − %2)", "sign(%2 − %1)")
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { (a - b).magnitude }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { a > b ? 1 : a < b ? -1 : 0 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a < b ? 1 : a > b ? -1 : 0 }
}

/// (a − b)² ÷ 2 within δ, beyond it δ·(|a − b| − δ ÷ 2).
struct HuberFunction: BinaryFunction {
  let slopes: (String, String)? = ("huber′(%1 − %2)", "−huber′(%1 − %2)")
  let delta: Double

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    let (distance, delta) = ((a - b).magnitude, S(delta))
    return distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2)
  }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    let (difference, delta) = (a - b, S(delta))
    return difference > delta ? delta : difference < -delta ? -delta : difference
  }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -derivativeOfFirst(a, b) }
}

/// (a − b)² ÷ 2β within β, beyond it |a − b| − β ÷ 2.
struct SmoothL1Function: BinaryFunction {
  let slopes: (String, String)? = ("smooth_l1′(%1 − %2)", "−smooth_l1′(%1 − %2)")
  let beta: Double

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    let (distance, beta) = ((a - b).magnitude, S(beta))
    return distance < beta ? distance * distance / (2 * beta) : distance - beta / 2
  }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    let (difference, beta) = (a - b, S(beta))
    if beta == 0 { return difference > 0 ? 1 : difference < 0 ? -1 : 0 }
    return difference >= beta ? 1 : difference <= -beta ? -1 : difference / beta
  }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -derivativeOfFirst(a, b) }
}

extension Tensor {
  /// The squared difference from a target: (a − b)².
  ///
  /// **Shapes**: two that broadcast → `[]`, or the broadcast shape without reduction.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html>
  public func mseLoss(
    _ target: Tensor, reduction: Reduction = .mean, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      PairwiseLoss(.mseLoss, SquaredErrorFunction(), reduction: reduction), to: [self, target],
      at: SourceLocation(file: file, line: line))
  }

  /// The distance from a target: |a − b|.
  ///
  /// **Shapes**: two that broadcast → `[]`, or the broadcast shape without reduction.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html>
  public func l1Loss(
    _ target: Tensor, reduction: Reduction = .mean, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      PairwiseLoss(.l1Loss, AbsoluteErrorFunction(), reduction: reduction), to: [self, target],
      at: SourceLocation(file: file, line: line))
  }

  /// Huber's loss: (a − b)² ÷ 2 within `delta` of the target, beyond it delta·(|a − b| − delta ÷ 2).
  ///
  /// **Shapes**: two that broadcast → `[]`, or the broadcast shape without reduction.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html>
  public func huberLoss(
    _ target: Tensor, delta: Double = 1, reduction: Reduction = .mean, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard delta > 0 else {
      throw Call(.huberLoss, at: location)
        .argumentError("delta", delta, expected: localized("a number above 0"))
    }
    return try apply(
      PairwiseLoss(.huberLoss, HuberFunction(delta: delta), reduction: reduction), to: [self, target],
      at: location)
  }

  /// (a − b)² ÷ 2·beta within `beta` of the target, beyond it |a − b| − beta ÷ 2; at beta 0 the distance.
  ///
  /// **Shapes**: two that broadcast → `[]`, or the broadcast shape without reduction.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html>
  public func smoothL1Loss(
    _ target: Tensor, beta: Double = 1, reduction: Reduction = .mean, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard beta >= 0 else {
      throw Call(.smoothL1Loss, at: location)
        .argumentError("beta", beta, expected: localized("a number of 0 or more"))
    }
    return try apply(
      PairwiseLoss(.smoothL1Loss, SmoothL1Function(beta: beta), reduction: reduction), to: [self, target],
      at: location)
  }
}
