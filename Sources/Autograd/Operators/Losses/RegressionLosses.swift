/// (a − b)².
struct SquaredErrorFunction: BinaryFunction {
  let name = "mse_loss"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { (a - b) * (a - b) }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { 2 * (a - b) }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { 2 * (b - a) }
}

/// |a − b|; the derivative at 0 is 0.
struct AbsoluteErrorFunction: BinaryFunction {
  let name = "l1_loss"
  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { (a - b).magnitude }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { a > b ? 1 : a < b ? -1 : 0 }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { a < b ? 1 : a > b ? -1 : 0 }
}

/// (a − b)² ÷ 2 within δ, beyond it δ·(|a − b| − δ ÷ 2).
struct HuberFunction: BinaryFunction {
  let name = "huber_loss"
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
  let name = "smooth_l1_loss"
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
      PairwiseLoss(SquaredErrorFunction(), reduction: reduction), to: [self, target],
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
      PairwiseLoss(AbsoluteErrorFunction(), reduction: reduction), to: [self, target],
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
      throw Call(operatorName: "huber_loss", location: location, context: .current)
        .argumentError("delta", delta, expected: "a number above 0")
    }
    return try apply(
      PairwiseLoss(HuberFunction(delta: delta), reduction: reduction), to: [self, target], at: location)
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
      throw Call(operatorName: "smooth_l1_loss", location: location, context: .current)
        .argumentError("beta", beta, expected: "a number of 0 or more")
    }
    return try apply(
      PairwiseLoss(SmoothL1Function(beta: beta), reduction: reduction), to: [self, target], at: location)
  }
}
