import Autograd

/// Adam: steps by the ratio of the gradient's running mean to the root of its running square.
///
/// m ← β₁·m + (1 − β₁)·g and v ← β₂·v + (1 − β₂)·g², then
/// p ← p − η·(m ÷ (1 − β₁ᵗ)) ÷ (√(v ÷ (1 − β₂ᵗ)) + ε), with g the gradient plus λ·p.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.Adam.html>
public final class Adam: Optimizer {
  public let name = "Adam"
  public let parameters: [NamedParameter]
  public var learningRate: Double
  /// How much of the gradient's running mean is kept.
  public var beta1: Double
  /// How much of the gradient's running square is kept.
  public var beta2: Double
  /// What is added to the root so that nothing is divided by 0.
  public var epsilon: Double
  /// How much of the parameter itself is added to its gradient.
  public var weightDecay: Double
  var memory: OptimizerMemory
  let decaysParameters = false

  /// An optimizer for a module's `namedParameters()`.
  public init(
    _ parameters: [NamedParameter], learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    memory = OptimizerMemory(slots: ["exp_avg", "exp_avg_sq"], countsSteps: true, for: parameters)
  }

  public var hyperparameters: [Hyperparameter] { listHyperparameters() }
  public func setHyperparameter(_ name: String, to value: Double) throws { try change(name, to: value) }
  public var state: [NamedParameter] { memory.state }
  public func loadState(_ state: [NamedParameter]) throws { memory = try memory.loading(state, of: name) }
  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    stepByMoments(index, parameter, gradient)
  }
}

extension Adam: AdaptiveMoments {}
