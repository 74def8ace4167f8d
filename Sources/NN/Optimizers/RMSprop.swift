import Autograd

/// Steps by the gradient divided by the root of its running square, with momentum if wanted.
///
/// s ← α·s + (1 − α)·g², then v ← μ·v + g ÷ (√s + ε) and p ← p − η·v, with g the gradient plus λ·p; the
/// centred form takes the square of the gradient's running mean off s.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html>
public final class RMSprop: Optimizer {
  public let name = "RMSprop"
  public let parameters: [NamedParameter]
  public var learningRate: Double
  /// How much of the running square is kept.
  public var alpha: Double
  /// What is added to the root so that nothing is divided by 0.
  public var epsilon: Double
  /// How much of the last step's direction is kept.
  public var momentum: Double
  /// How much of the parameter itself is added to its gradient.
  public var weightDecay: Double
  /// Whether the gradient's running mean is taken off.
  public let centered: Bool
  private var memory: OptimizerMemory

  /// An optimizer for a module's `namedParameters()`.
  public init(
    _ parameters: [NamedParameter], learningRate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8,
    momentum: Double = 0, weightDecay: Double = 0, centered: Bool = false
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.centered = centered
    memory = OptimizerMemory(
      slots: ["square_avg", "momentum_buffer", "grad_avg"], countsSteps: false, for: parameters)
  }

  public var hyperparameters: [Hyperparameter] { listHyperparameters() }
  public func setHyperparameter(_ name: String, to value: Double) throws { try change(name, to: value) }
  public var state: [NamedParameter] { memory.state }
  public func loadState(_ state: [NamedParameter]) throws { memory = try memory.loading(state, of: name) }

  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    if parameter.dtype == .float32 {
      step(index, parameter, gradient, Float.self)
    } else {
      step(index, parameter, gradient, Double.self)
    }
  }

  private func step<S: FloatingScalar>(
    _ index: Int, _ parameter: Tensor, _ gradient: Tensor, _ type: S.Type
  ) {
    let (p, g) = (parameter.pointer(S.self), gradient.pointer(S.self))
    let square = memory.tensor(0, of: index, like: parameter).pointer(S.self)
    let velocity = momentum > 0 ? memory.tensor(1, of: index, like: parameter).pointer(S.self) : nil
    let mean = centered ? memory.tensor(2, of: index, like: parameter).pointer(S.self) : nil
    let (rate, alpha, rest, epsilon) = (S(learningRate), S(alpha), S(1 - alpha), S(epsilon))
    let (decay, momentum) = (S(weightDecay), S(momentum))
    for place in 0..<parameter.elementCount {
      let slope = g[place] + decay * p[place]
      square[place] = square[place] * alpha + rest * (slope * slope)
      var spread = square[place]
      if let mean {
        mean[place] += (slope - mean[place]) * rest
        spread -= mean[place] * mean[place]
      }
      var direction = slope / (spread.squareRoot() + epsilon)
      if let velocity {
        velocity[place] = momentum * velocity[place] + direction
        direction = velocity[place]
      }
      p[place] -= rate * direction
    }
  }
}

extension RMSprop: SlottedOptimizer {
  var slots: [HyperparameterSlot<RMSprop>] {
    [
      HyperparameterSlot(name: "lr", path: \.learningRate, range: .notNegative),
      HyperparameterSlot(name: "alpha", path: \.alpha, range: .share),
      HyperparameterSlot(name: "eps", path: \.epsilon, range: .notNegative),
      HyperparameterSlot(name: "momentum", path: \.momentum, range: .notNegative),
      HyperparameterSlot(name: "weight_decay", path: \.weightDecay, range: .notNegative),
    ]
  }
}
