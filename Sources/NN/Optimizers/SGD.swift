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
  private var velocities: [Tensor?]

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
    velocities = Array(repeating: nil, count: parameters.count)
  }

  public var state: [NamedParameter] {
    zip(parameters, velocities).compactMap { parameter, velocity in
      velocity.map { ("\(parameter.name).momentum_buffer", $0) }
    }
  }

  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    let isFirst = velocities[index] == nil
    let velocity = velocities[index] ?? .zeros(parameter.shape, dtype: parameter.dtype)
    if momentum != 0 { velocities[index] = velocity }
    switch parameter.dtype {
    case .float32: step(parameter, gradient, velocity, isFirst, Float.self)
    default: step(parameter, gradient, velocity, isFirst, Double.self)
    }
  }

  private func step<S: FloatingScalar>(
    _ parameter: Tensor, _ gradient: Tensor, _ velocity: Tensor, _ isFirst: Bool, _ type: S.Type
  ) {
    let (p, g, v) = (parameter.values(S.self), gradient.values(S.self), velocity.values(S.self))
    let (rate, decay, momentum) = (S(learningRate), S(weightDecay), S(momentum))
    for index in 0..<p.count {
      let slope = g[index] + decay * p[index]
      let kept = isFirst ? slope : momentum * v[index] + slope
      v[index] = kept
      let direction = momentum == 0 ? slope : nesterov ? slope + momentum * kept : kept
      p[index] -= rate * direction
    }
  }
}
