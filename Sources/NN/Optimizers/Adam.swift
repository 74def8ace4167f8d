import Autograd
import CKernels
import Localization

extension OptimizerKind {
  /// Adam.
  package static let adam = OptimizerKind("adam", usualLearningRate: 0.001) {
    Adam($0, learningRate: $1.learningRate, weightDecay: $1.weightDecay)
  }
}

/// Adam: steps by the ratio of the gradient's running mean to the root of its running square.
///
/// m ← β₁·m + (1 − β₁)·g and v ← β₂·v + (1 − β₂)·g², then
/// p ← p − η·(m ÷ (1 − β₁ᵗ)) ÷ (√(v ÷ (1 − β₂ᵗ)) + ε), with g the gradient plus λ·p.
///
/// With AMSGrad the greatest v so far takes the place of v in the step.
///
/// Where no parameter can tell, because √(2⁻¹²⁶ ÷ (1 − β₂)) ≤ 2⁻²⁴·ε (2⁻¹⁰²² and 2⁻⁵³ in double precision), gradients
/// below that root are not counted in v, and at every 64th step moments below 2⁻¹²⁶ become 0: those of a gradient that has
/// become 0 would stay subnormal, with which a processor computes twenty times as long.
///
/// As in PyTorch, ``AdamW`` is an Adam whose weight decay is decoupled: hence it is not final.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.Adam.html>
public class Adam: GroupedOptimizer {
  /// How much of the gradient's running mean is kept.
  public var beta1: Double
  /// How much of the gradient's running square is kept.
  public var beta2: Double
  /// What is added to the root so that nothing is divided by 0.
  public var epsilon: Double
  /// Whether to step by the greatest running square so far.
  public let amsgrad: Bool
  /// The steps from one setting of subnormal moments to 0 to the next.
  private static let settlingInterval = 64
  /// Whether decay shrinks the parameter itself, and does not go into its gradient.
  private let decouplesWeightDecay: Bool

  /// An optimizer for a module's `namedParameters()`.
  public convenience init(
    _ parameters: [NamedParameter], learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, beta1: beta1, beta2: beta2,
      epsilon: epsilon, weightDecay: weightDecay, amsgrad: amsgrad)
  }

  /// An optimizer for groups of parameters.
  public convenience init(
    groups: [ParameterGroup], learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    self.init(
      "Adam", groups, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, decouplesWeightDecay: false)
  }

  init(
    _ name: String, _ groups: [ParameterGroup], _ learningRate: Double, _ beta1: Double,
    _ beta2: Double, _ epsilon: Double, _ weightDecay: Double, _ amsgrad: Bool, decouplesWeightDecay: Bool
  ) {
    self.amsgrad = amsgrad
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decouplesWeightDecay = decouplesWeightDecay
    super.init(
      name, groups: groups, learningRate: learningRate, weightDecay: weightDecay,
      slots: ["exp_avg", "exp_avg_sq"] + (amsgrad ? ["max_exp_avg_sq"] : []), countsSteps: true)
  }

  override var ownSettings: [HyperparameterSlot] {
    [
      HyperparameterSlot("beta1", .share, self, \.beta1),
      HyperparameterSlot("beta2", .share, self, \.beta2),
      HyperparameterSlot("eps", .notNegative, self, \.epsilon),
    ]
  }

  /// Changes the parameter and its moments in one pass over memory, with the factors worked out before.
  public override func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    let steps = memory.countStep(of: index)
    let count = Double(steps)
    let mean = memory.tensor(0, of: index, like: parameter)
    let square = memory.tensor(1, of: index, like: parameter)
    let greatest = amsgrad ? memory.tensor(2, of: index, like: parameter) : nil
    let (learningRate, weightDecay) = (rate(of: index), decay(of: index))
    let step = TapedeckMomentStep(
      shrink: decouplesWeightDecay ? 1 - learningRate * weightDecay : 1,
      decay: decouplesWeightDecay ? 0 : weightDecay, keptSquare: beta2, newMean: 1 - beta1,
      newSquare: 1 - beta2,
      stepSize: learningRate / (1 - Double.pow(beta1, count)),
      inverseRoot: 1 / (1 - Double.pow(beta2, count)).squareRoot(), epsilon: epsilon,
      settles: steps.isMultiple(of: Adam.settlingInterval) ? 1 : 0)
    if parameter.dtype == .float32 {
      let (values, gradients) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
      let (means, squares) = (mean.pointer(Float.self), square.pointer(Float.self))
      let maxima = greatest?.pointer(Float.self)
      ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
        let start = part.lowerBound
        tapedeck_step_by_moments_float(
          part.count, values + start, gradients + start, means + start, squares + start,
          maxima.map { $0 + start }, step)
      }
    } else {
      tapedeck_step_by_moments_double(
        parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self),
        mean.pointer(Double.self), square.pointer(Double.self), greatest?.pointer(Double.self), step)
    }
  }

  override func numpyLines(for parameter: String, decays: Bool) -> [String] {
    let decay =
      decouplesWeightDecay
      ? "\(parameter) *= 1 - lr * weight_decay" : "d\(parameter) += weight_decay * \(parameter)"
    let maximum = amsgrad ? ["v_max = np.maximum(v_max, v)"] : []
    return (decays ? [decay] : []) + [
      "m = beta1 * m + (1 - beta1) * d\(parameter)", "v = beta2 * v + (1 - beta2) * d\(parameter)**2",
    ] + maximum + [
      "\(parameter) -= lr * m / (1 - beta1**t) / (np.sqrt(\(amsgrad ? "v_max" : "v") / (1 - beta2**t)) + eps)"
    ]
  }

  /// The step with the numbers of one cell, line by line.
  public override func formula(for cell: ParameterCell) -> [String] {
    let (learningRate, weightDecay) = (rate(of: cell), decay(of: cell))
    var (value, gradient, lines) = (cell.value, cell.gradient, [String]())
    if weightDecay != 0, decouplesWeightDecay {
      value *= 1 - learningRate * weightDecay
      lines.append(
        "w ← w·(1 − η·λ) = \(number(cell.value)) · \(number(1 - learningRate * weightDecay)) = \(number(value))"
      )
    } else if weightDecay != 0 {
      gradient += weightDecay * value
      lines.append(cell.decayLine(weightDecay, gradient))
    }
    let step = (cell.memory["step"] ?? 0) + 1
    let (oldMean, oldSquare) = (cell.memory["exp_avg"] ?? 0, cell.memory["exp_avg_sq"] ?? 0)
    let mean = beta1 * oldMean + (1 - beta1) * gradient
    let square = beta2 * oldSquare + (1 - beta2) * gradient * gradient
    let (meanPart, squarePart) = (1 - Double.pow(beta1, step), 1 - Double.pow(beta2, step))
    let greatest = amsgrad ? max(cell.memory["max_exp_avg_sq"] ?? 0, square) : square
    let (unbiasedMean, unbiasedSquare) = (mean / meanPart, greatest / squarePart)
    let maximum = amsgrad ? [localized("v ← max(v, greatest v) = \(number(greatest))")] : []
    let next = value - learningRate * unbiasedMean / (unbiasedSquare.squareRoot() + epsilon)
    // What an optimizer remembers may come from a file.
    let time = "t = \(Int(exactly: step) ?? 0)"
    lines += [
      "m ← β₁·m + (1−β₁)·g = \(number(beta1)) · \(signed(oldMean)) + \(number(1 - beta1)) · \(signed(gradient)) = \(number(mean))",
      "v ← β₂·v + (1−β₂)·g² = \(number(beta2)) · \(signed(oldSquare)) + \(number(1 - beta2)) · \(signed(gradient))² = \(number(square))",
    ]
    lines += maximum
    lines += [
      "m̂ = m ÷ (1 − β₁ᵗ) = \(number(mean)) ÷ \(number(meanPart)) = \(number(unbiasedMean)), \(time)",
      "v̂ = v ÷ (1 − β₂ᵗ) = \(number(greatest)) ÷ \(number(squarePart)) = \(number(unbiasedSquare))",
      "w ← w − η·m̂ ÷ (√v̂ + ε) = \(number(value)) − \(number(learningRate)) · \(signed(unbiasedMean)) ÷ "
        + "(\(number(unbiasedSquare.squareRoot())) + \(number(epsilon))) = \(number(next))",
    ]
    return lines
  }
}
