import Autograd
import CKernels

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
    guard momentum != 0 else { return step(parameter, by: gradient) }
    // The first velocity is the gradient itself.
    let kept = memory.has(0, of: index) ? momentum : 0
    let velocity = memory.tensor(0, of: index, like: parameter)
    let step = TapedeckVelocityStep(
      rate: learningRate, decay: weightDecay, kept: kept, momentum: momentum, looksAhead: nesterov ? 1 : 0)
    withExtendedLifetime((parameter, gradient, velocity)) {
      if parameter.dtype == .float32 {
        let (values, slopes) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
        let velocities = velocity.pointer(Float.self)
        ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
          let start = part.lowerBound
          tapedeck_step_by_velocity_float(
            part.count, values + start, slopes + start, velocities + start, step)
        }
      } else {
        tapedeck_step_by_velocity_double(
          parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self),
          velocity.pointer(Double.self), step)
      }
    }
  }

  private func step(_ parameter: Tensor, by gradient: Tensor) {
    withExtendedLifetime((parameter, gradient)) {
      if parameter.dtype == .float32 {
        let (values, slopes) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
        let (rate, decay) = (Float(learningRate), Float(weightDecay))
        ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
          let start = part.lowerBound
          tapedeck_step_by_gradient_float(part.count, values + start, slopes + start, rate, decay)
        }
      } else {
        tapedeck_step_by_gradient_double(
          parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self), learningRate,
          weightDecay)
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
