import Autograd

/// Stochastic gradient descent, with momentum and weight decay.
///
/// v ← μ·v + g, then p ← p − η·v, with g the gradient plus λ·p; Nesterov's form steps by g + μ·v instead.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.SGD.html>
public final class SGD: Optimizer {
  public let name = "SGD"
  public let parameters: [NamedParameter]
  public var learningRate: Double
  /// How much of the last step's direction is kept, from 0 to below 1.
  public var momentum: Double
  /// How much of the parameter itself is added to its gradient.
  public var weightDecay: Double
  /// Whether to look ahead by Nesterov's rule.
  public let nesterov: Bool
  private var memory: OptimizerMemory

  /// An optimizer for a module's `namedParameters()`.
  public init(
    _ parameters: [NamedParameter], learningRate: Double, momentum: Double = 0, weightDecay: Double = 0,
    nesterov: Bool = false
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.nesterov = nesterov
    memory = OptimizerMemory(slots: ["momentum_buffer"], countsSteps: false, for: parameters)
  }

  public var hyperparameters: [Hyperparameter] { listHyperparameters() }
  public func setHyperparameter(_ name: String, to value: Double) throws { try change(name, to: value) }
  public var state: [NamedParameter] { memory.state }
  public func loadState(_ state: [NamedParameter]) throws { memory = try memory.loading(state, of: name) }

  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    let isFirst = momentum != 0 && !memory.has(0, of: index)
    let velocity = momentum == 0 ? nil : memory.tensor(0, of: index, like: parameter)
    if parameter.dtype == .float32 {
      step(parameter, gradient, velocity, isFirst, Float.self)
    } else {
      step(parameter, gradient, velocity, isFirst, Double.self)
    }
  }

  private func step<S: FloatingScalar>(
    _ parameter: Tensor, _ gradient: Tensor, _ velocity: Tensor?, _ isFirst: Bool, _ type: S.Type
  ) {
    let (p, g, count) = (parameter.pointer(S.self), gradient.pointer(S.self), parameter.elementCount)
    let (rate, decay, momentum) = (S(learningRate), S(weightDecay), S(momentum))
    guard let v = velocity?.pointer(S.self) else {
      for index in 0..<count { p[index] -= rate * (g[index] + decay * p[index]) }
      return
    }
    // The first velocity is the gradient itself.
    let kept: S = isFirst ? 0 : momentum
    if nesterov {
      for index in 0..<count {
        let slope = g[index] + decay * p[index]
        v[index] = kept * v[index] + slope
        p[index] -= rate * (slope + momentum * v[index])
      }
    } else {
      for index in 0..<count {
        v[index] = kept * v[index] + (g[index] + decay * p[index])
        p[index] -= rate * v[index]
      }
    }
  }
}

extension SGD: SlottedOptimizer {
  var slots: [HyperparameterSlot<SGD>] {
    [
      HyperparameterSlot(name: "lr", path: \.learningRate, range: .notNegative),
      HyperparameterSlot(name: "momentum", path: \.momentum, range: .notNegative),
      HyperparameterSlot(name: "weight_decay", path: \.weightDecay, range: .notNegative),
    ]
  }
}
