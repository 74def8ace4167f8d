import Autograd

/// The squared difference from the target, averaged.
///
/// **Shapes**: two that broadcast → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html>
public struct MSELoss: Loss {
  private let reduction: Reduction

  /// The loss with a reduction, the mean if nothing is said.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.mseLoss(target, reduction: reduction, file: file, line: line)
  }
}

/// The distance from the target, averaged.
///
/// **Shapes**: two that broadcast → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html>
public struct L1Loss: Loss {
  private let reduction: Reduction

  /// The loss with a reduction, the mean if nothing is said.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.l1Loss(target, reduction: reduction, file: file, line: line)
  }
}

/// Half the squared difference within `delta` of the target, beyond it delta times the distance less delta ÷ 2.
///
/// **Shapes**: two that broadcast → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html>
public struct HuberLoss: Loss {
  private let delta: Double
  private let reduction: Reduction

  /// The loss with the distance at which it becomes straight, and a reduction.
  public init(delta: Double = 1, reduction: Reduction = .mean) {
    self.delta = delta
    self.reduction = reduction
  }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.huberLoss(target, delta: delta, reduction: reduction, file: file, line: line)
  }
}

/// The squared difference ÷ 2·beta within `beta` of the target, beyond it the distance less beta ÷ 2.
///
/// **Shapes**: two that broadcast → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html>
public struct SmoothL1Loss: Loss {
  private let beta: Double
  private let reduction: Reduction

  /// The loss with the distance at which it becomes straight, and a reduction.
  public init(beta: Double = 1, reduction: Reduction = .mean) {
    self.beta = beta
    self.reduction = reduction
  }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.smoothL1Loss(target, beta: beta, reduction: reduction, file: file, line: line)
  }
}
