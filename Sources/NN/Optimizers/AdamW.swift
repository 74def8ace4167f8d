extension OptimizerKind {
  /// Adam with decoupled weight decay.
  package static let adamw = OptimizerKind("adamw", usualLearningRate: 0.001) {
    AdamW($0, learningRate: $1.learningRate, weightDecay: $1.weightDecay)
  }
}

/// Adam with decoupled weight decay: each step first shrinks the parameter by η·λ.
///
/// m ← β₁·m + (1 − β₁)·g and v ← β₂·v + (1 − β₂)·g², then
/// p ← p·(1 − η·λ) − η·(m ÷ (1 − β₁ᵗ)) ÷ (√(v ÷ (1 − β₂ᵗ)) + ε).
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html>
public final class AdamW: Adam {
  /// An optimizer for a module's `namedParameters()`.
  public convenience init(
    _ parameters: [NamedParameter], learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, beta1: beta1, beta2: beta2,
      epsilon: epsilon, weightDecay: weightDecay, amsgrad: amsgrad)
  }

  /// An optimizer for groups of parameters.
  public init(
    groups: [ParameterGroup], learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false
  ) {
    super.init(
      "AdamW", groups, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, decouplesWeightDecay: true)
  }
}
