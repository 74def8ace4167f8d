import Autograd
import CKernels
import Localization

extension OptimizerKind {
  /// Stochastic gradient descent with momentum.
  package static let sgd = OptimizerKind("sgd", usualLearningRate: 0.1, usualMomentum: 0.9) {
    SGD($0, learningRate: $1.learningRate, momentum: $1.momentum, weightDecay: $1.weightDecay)
  }
}

/// Stochastic gradient descent, with momentum and weight decay.
///
/// v ← μ·v + (1 − τ)·g, then p ← p − η·v, with τ the dampening and g the gradient, or its negative to maximize, plus λ·p;
/// the first v is g. Nesterov's form steps by g + μ·v instead.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.SGD.html>
public final class SGD: GroupedOptimizer {
  /// How much of the last step's direction is kept, from 0 to below 1.
  public var momentum: Double
  /// Whether to look ahead by Nesterov's rule.
  public let nesterov: Bool
  /// How much of the gradient is kept out of the velocity.
  public let dampening: Double
  /// Whether to climb: to make the loss greater.
  public let maximize: Bool
  /// The momentum it was made with; 0 may be set later, by hand.
  private let firstMomentum: Double

  /// An optimizer for a module's `namedParameters()`.
  public convenience init(
    _ parameters: [NamedParameter], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, momentum: momentum,
      dampening: dampening, weightDecay: weightDecay, nesterov: nesterov, maximize: maximize)
  }

  /// An optimizer for groups of parameters.
  public init(
    groups: [ParameterGroup], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.dampening = dampening
    self.maximize = maximize
    self.momentum = momentum
    firstMomentum = momentum
    self.nesterov = nesterov
    super.init(
      "SGD", groups: groups, learningRate: learningRate, weightDecay: weightDecay, slots: ["momentum_buffer"])
  }

  override var ownSettings: [HyperparameterSlot] {
    [
      HyperparameterSlot("momentum", .notNegative, self, \.momentum)
    ]
  }

  override func check() throws {
    try super.check()
    guard nesterov else { return }
    guard firstMomentum > 0 else {
      throw NNError.settingRange(
        of: name, name: "momentum", got: firstMomentum, expected: localized("a number above 0 with nesterov"))
    }
    guard dampening == 0 else {
      throw NNError.settingRange(
        of: name, name: "dampening", got: dampening, expected: localized("0 with nesterov"))
    }
  }

  override func numpyLines(for parameter: String, decays: Bool) -> [String] {
    let sign = maximize ? ["d\(parameter) = -d\(parameter)"] : []
    let lines = sign + (decays ? ["d\(parameter) += weight_decay * \(parameter)"] : [])
    guard momentum != 0 else { return lines + ["\(parameter) -= lr * d\(parameter)"] }
    let share = dampening == 0 ? "" : "(1 - dampening) * "
    let first = dampening == 0 ? "" : "  # the first v is d\(parameter)"
    let direction = nesterov ? "(d\(parameter) + momentum * v)" : "v"
    return lines + ["v = momentum * v + \(share)d\(parameter)\(first)", "\(parameter) -= lr * \(direction)"]
  }

  /// Changes one parameter by its gradient.
  public override func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    guard momentum != 0 else { return step(index, parameter, by: gradient) }
    // The first velocity is the gradient itself.
    let isFirst = !memory.has(0, of: index)
    let velocity = memory.tensor(0, of: index, like: parameter)
    let step = TapedeckVelocityStep(
      rate: rate(of: index), decay: decay(of: index), kept: isFirst ? 0 : momentum,
      added: isFirst ? 1 : 1 - dampening, momentum: momentum, sign: maximize ? -1 : 1,
      looksAhead: nesterov ? 1 : 0)
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

  private func step(_ index: Int, _ parameter: Tensor, by gradient: Tensor) {
    let (rate, decay, sign) = (rate(of: index), decay(of: index), maximize ? -1.0 : 1)
    withExtendedLifetime((parameter, gradient)) {
      if parameter.dtype == .float32 {
        let (values, gradients) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
        let (rate, decay, sign) = (Float(rate), Float(decay), Float(sign))
        ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
          let start = part.lowerBound
          tapedeck_step_by_gradient_float(part.count, values + start, gradients + start, rate, decay, sign)
        }
      } else {
        tapedeck_step_by_gradient_double(
          parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self), rate, decay,
          sign)
      }
    }
  }

  /// The step with the numbers of one cell, line by line.
  public override func formula(for cell: ParameterCell) -> [String] {
    let (learningRate, weightDecay) = (rate(of: cell), decay(of: cell))
    var lines: [String] = []
    var gradient = cell.gradient
    if maximize {
      gradient = -gradient
      lines.append(localized("g ← −g = \(number(gradient)), to make the loss greater"))
    }
    if weightDecay != 0 {
      lines.append(cell.decayLine(weightDecay, gradient + weightDecay * cell.value, gradient: gradient))
      gradient += weightDecay * cell.value
    }
    if momentum != 0 {
      if let velocity = cell.memory["momentum_buffer"] {
        let next = momentum * velocity + (1 - dampening) * gradient
        let (factor, share) = dampening == 0 ? ("", "") : ("(1−τ)·", "\(number(1 - dampening)) · ")
        lines.append(
          "v ← μ·v + \(factor)g = \(number(momentum)) · \(signed(velocity)) + \(share)\(signed(gradient)) = \(number(next))"
        )
        gradient = nesterov ? gradient + momentum * next : next
      } else {
        lines.append(localized("v ← g = \(number(gradient)), in the first step"))
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
