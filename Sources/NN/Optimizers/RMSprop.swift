import Autograd

extension OptimizerKind {
  /// RMSprop.
  package static let rmsprop = OptimizerKind("rmsprop", usualLearningRate: 0.01, usualMomentum: 0) {
    RMSprop($0, learningRate: $1.learningRate, momentum: $1.momentum, weightDecay: $1.weightDecay)
  }
}

/// Steps by the gradient divided by the root of its running square, with momentum if wanted.
///
/// s ← α·s + (1 − α)·g², then v ← μ·v + g ÷ (√s + ε) and p ← p − η·v, with g the gradient plus λ·p; the
/// centred form takes the square of the gradient's running mean off s.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html>
public final class RMSprop: GroupedOptimizer {
  /// How much of the running square is kept.
  public var alpha: Double
  /// What is added to the root so that nothing is divided by 0.
  public var epsilon: Double
  /// How much of the last step's direction is kept.
  public var momentum: Double
  /// Whether the gradient's running mean is taken off.
  public let centered: Bool

  /// An optimizer for a module's `namedParameters()`.
  public convenience init(
    _ parameters: [NamedParameter], learningRate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8,
    momentum: Double = 0, weightDecay: Double = 0, centered: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, alpha: alpha, epsilon: epsilon,
      momentum: momentum, weightDecay: weightDecay, centered: centered)
  }

  /// An optimizer for groups of parameters.
  public init(
    groups: [ParameterGroup], learningRate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8,
    momentum: Double = 0, weightDecay: Double = 0, centered: Bool = false
  ) {
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
    self.centered = centered
    super.init(
      "RMSprop", groups: groups, learningRate: learningRate, weightDecay: weightDecay,
      slots: ["square_avg", "momentum_buffer", "grad_avg"])
  }

  override var ownSettings: [HyperparameterSlot] {
    [
      HyperparameterSlot("alpha", .notNegative, self, \.alpha),
      HyperparameterSlot("eps", .notNegative, self, \.epsilon),
      HyperparameterSlot("momentum", .notNegative, self, \.momentum),
    ]
  }

  override func numpyLines(for parameter: String, decays: Bool) -> [String] {
    var lines = decays ? ["d\(parameter) += weight_decay * \(parameter)"] : []
    lines.append("s = alpha * s + (1 - alpha) * d\(parameter)**2")
    if centered { lines.append("m = alpha * m + (1 - alpha) * d\(parameter)") }
    let direction = "d\(parameter) / (np.sqrt(\(centered ? "s - m**2" : "s")) + eps)"
    guard momentum > 0 else { return lines + ["\(parameter) -= lr * \(direction)"] }
    return lines + ["v = momentum * v + \(direction)", "\(parameter) -= lr * v"]
  }

  /// Changes one parameter by its gradient.
  public override func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
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
    let (rate, alpha, rest, epsilon) = (S(rate(of: index)), S(alpha), S(1 - alpha), S(epsilon))
    let (decay, momentum) = (S(decay(of: index)), S(momentum))
    // As in Adam: squares that no parameter can tell from 0 would slow every step down.
    let leastSlope = (S.leastNormalMagnitude / rest).squareRoot()
    let least = leastSlope <= epsilon * (S.ulpOfOne / 2) ? S.leastNormalMagnitude : 0
    for place in 0..<parameter.elementCount {
      let gradient = decay != 0 ? g[place] + decay * p[place] : g[place]
      let counted = least > 0 && abs(gradient) < leastSlope ? 0 : gradient
      let sum = square[place] * alpha + rest * (counted * counted)
      square[place] = sum < least ? 0 : sum
      var spread = square[place]
      if let mean {
        let change = gradient - mean[place]
        mean[place] = rest < 0.5 ? mean[place] + change * rest : gradient - change * (1 - rest)
        spread -= mean[place] * mean[place]
      }
      var direction = gradient / (spread.squareRoot() + epsilon)
      if let velocity {
        let sum = momentum * velocity[place] + direction
        velocity[place] = abs(sum) < S.leastNormalMagnitude ? 0 : sum
        direction = velocity[place]
      }
      let next = p[place] - rate * direction
      // NaN is the one quiet NaN: which of two an addition keeps differs between processors.
      p[place] = next.isNaN ? .nan : next
    }
  }

  /// The step with the numbers of one cell, line by line.
  public override func formula(for cell: ParameterCell) -> [String] {
    let (learningRate, weightDecay) = (rate(of: cell), decay(of: cell))
    var lines: [String] = []
    var gradient = cell.gradient
    if weightDecay != 0 {
      gradient += weightDecay * cell.value
      lines.append(cell.decayLine(weightDecay, gradient))
    }
    let old = cell.memory["square_avg"] ?? 0
    let square = alpha * old + (1 - alpha) * gradient * gradient
    lines.append(
      "s ← α·s + (1−α)·g² = \(number(alpha)) · \(signed(old)) + \(number(1 - alpha)) · \(signed(gradient))² = \(number(square))"
    )
    var spread = square
    if centered {
      let oldMean = cell.memory["grad_avg"] ?? 0
      let mean = oldMean + (gradient - oldMean) * (1 - alpha)
      spread -= mean * mean
      lines.append("m ← α·m + (1−α)·g = \(number(mean)); s − m² = \(number(spread))")
    }
    var direction = gradient / (spread.squareRoot() + epsilon)
    lines.append(
      "d = g ÷ (√s + ε) = \(signed(gradient)) ÷ (\(number(spread.squareRoot())) + \(number(epsilon))) = \(number(direction))"
    )
    if momentum > 0 {
      let velocity = cell.memory["momentum_buffer"] ?? 0
      let next = momentum * velocity + direction
      lines.append(
        "d ← μ·v + d = \(number(momentum)) · \(signed(velocity)) + \(signed(direction)) = \(number(next))")
      direction = next
    }
    lines.append(
      "w ← w − η·d = \(number(cell.value)) − \(number(learningRate)) · \(signed(direction)) = "
        + "\(number(cell.value - learningRate * direction))")
    return lines
  }
}
