import Autograd
import CKernels

extension OptimizerKind {
  /// Stochastic gradient descent with momentum.
  package static let sgd = OptimizerKind("sgd", usualLearningRate: 0.1, usualMomentum: 0.9) {
    SGD($0, learningRate: $1.learningRate, momentum: $1.momentum, weightDecay: $1.weightDecay)
  }
}

/// Stochastic gradient descent, with momentum and weight decay.
///
/// v ← μ·v + g, then p ← p − η·v, with g the gradient plus λ·p; Nesterov's form steps by g + μ·v instead.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.SGD.html>
public final class SGD: Optimizer {
  /// The name in PyTorch.
  public let name = "SGD"
  /// The parameters that it changes.
  public let parameters: [NamedParameter]
  /// The size of a step.
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

  /// The name, the learning rate, and the momentum where there is one.
  public var summary: String {
    momentum == 0 ? "SGD lr \(learningRate)" : "SGD lr \(learningRate) momentum \(momentum)"
  }

  private var slots: [HyperparameterSlot] {
    [
      HyperparameterSlot("lr", .notNegative, self, \.learningRate),
      HyperparameterSlot("momentum", .notNegative, self, \.momentum),
      HyperparameterSlot("weight_decay", .notNegative, self, \.weightDecay),
    ]
  }

  /// The settings under PyTorch's names, with their current values.
  public var hyperparameters: [Hyperparameter] { slots.current }
  /// Changes a setting by its name in PyTorch.
  public func setHyperparameter(_ name: String, to value: Double) throws {
    try slots.set(name, to: value, of: self.name)
  }

  /// What it remembers, by name.
  public var state: [NamedParameter] { memory.state }
  /// Takes over a saved state.
  public func loadState(_ state: [NamedParameter]) throws { memory = try memory.loading(state, of: name) }

  /// The step in NumPy, line by line.
  public func numpyLines(for parameter: String) -> [String] {
    let decay = weightDecay == 0 ? [] : ["d\(parameter) += weight_decay * \(parameter)"]
    guard momentum != 0 else { return decay + ["\(parameter) -= lr * d\(parameter)"] }
    let direction = nesterov ? "(d\(parameter) + momentum * v)" : "v"
    return decay + ["v = momentum * v + d\(parameter)", "\(parameter) -= lr * \(direction)"]
  }

  /// Changes one parameter by its gradient.
  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    guard momentum != 0 else { return step(parameter, by: gradient) }
    // The first velocity is the gradient itself.
    let kept = memory.has(0, of: index) ? momentum : 0
    let velocity = memory.tensor(0, of: index, like: parameter)
    let step = TapedeckVelocityStep(
      rate: learningRate, decay: weightDecay, kept: kept, momentum: momentum, looksAhead: nesterov ? 1 : 0)
    withExtendedLifetime((parameter, gradient, velocity)) {
      if parameter.dtype == .float32 {
        let (values, gradients) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
        let velocities = velocity.pointer(Float.self)
        ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
          let start = part.lowerBound
          tapedeck_step_by_velocity_float(
            part.count, values + start, gradients + start, velocities + start, step)
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
        let (values, gradients) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
        let (rate, decay) = (Float(learningRate), Float(weightDecay))
        ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
          let start = part.lowerBound
          tapedeck_step_by_gradient_float(part.count, values + start, gradients + start, rate, decay)
        }
      } else {
        tapedeck_step_by_gradient_double(
          parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self), learningRate,
          weightDecay)
      }
    }
  }

  /// The step with the numbers of one cell, line by line.
  public func formula(for cell: ParameterCell) -> [String] {
    var lines: [String] = []
    var gradient = cell.gradient
    if weightDecay != 0 {
      gradient += weightDecay * cell.value
      lines.append(cell.decayLine(weightDecay, gradient))
    }
    if momentum != 0 {
      if let velocity = cell.memory["momentum_buffer"] {
        let next = momentum * velocity + gradient
        lines.append(
          "v ← μ·v + g = \(number(momentum)) · \(signed(velocity)) + \(signed(gradient)) = \(number(next))")
        gradient = nesterov ? gradient + momentum * next : next
      } else {
        lines.append("v ← g = \(number(gradient)), the first time")
        gradient = nesterov ? gradient * (1 + momentum) : gradient
      }
      if nesterov { lines.append("d = g + μ·v = \(number(gradient))") }
    }
    let direction = momentum == 0 ? "g" : nesterov ? "d" : "v"
    lines.append(
      "w ← w − η·\(direction) = \(number(cell.value)) − \(number(learningRate)) · \(signed(gradient))"
        + " = \(number(cell.value - learningRate * gradient))")
    return lines
  }
}
