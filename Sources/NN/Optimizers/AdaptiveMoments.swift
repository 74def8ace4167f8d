import Autograd

/// What Adam and AdamW share: the running mean and square of the gradient, and the step by their ratio.
protocol AdaptiveMoments: SlottedOptimizer {
  var beta1: Double { get set }
  var beta2: Double { get set }
  var epsilon: Double { get set }
  var weightDecay: Double { get set }
  var memory: OptimizerMemory { get set }
  /// Whether decay shrinks the parameter itself, and does not go into its gradient.
  var decaysParameters: Bool { get }
}

extension AdaptiveMoments {
  var slots: [HyperparameterSlot<Self>] {
    [
      HyperparameterSlot(name: "lr", path: \.learningRate, range: .notNegative),
      HyperparameterSlot(name: "beta1", path: \.beta1, range: .share),
      HyperparameterSlot(name: "beta2", path: \.beta2, range: .share),
      HyperparameterSlot(name: "eps", path: \.epsilon, range: .notNegative),
      HyperparameterSlot(name: "weight_decay", path: \.weightDecay, range: .notNegative),
    ]
  }

  /// Changes a parameter and its moments by a gradient.
  func stepByMoments(_ index: Int, _ parameter: Tensor, _ gradient: Tensor) {
    let step = memory.countStep(of: index)
    let mean = memory.tensor(0, of: index, like: parameter)
    let square = memory.tensor(1, of: index, like: parameter)
    let rule = MomentRule(
      beta1: beta1, beta2: beta2, epsilon: epsilon, rate: learningRate, step: step,
      shrink: decaysParameters ? 1 - learningRate * weightDecay : 1, decay: decaysParameters ? 0 : weightDecay
    )
    if parameter.dtype == .float32 {
      rule.apply(parameter, gradient, mean, square, Float.self)
    } else {
      rule.apply(parameter, gradient, mean, square, Double.self)
    }
  }
}

/// One step of Adam with its factors worked out.
private struct MomentRule {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let rate: Double
  let step: Int
  let shrink: Double
  let decay: Double

  func apply<S: FloatingScalar>(
    _ parameter: Tensor, _ gradient: Tensor, _ mean: Tensor, _ square: Tensor, _ type: S.Type
  ) {
    let (p, g) = (parameter.pointer(S.self), gradient.pointer(S.self))
    let (m, v) = (mean.pointer(S.self), square.pointer(S.self))
    let stepSize = S(rate / (1 - Double.pow(beta1, Double(step))))
    let inverseRoot = S(1 / (1 - Double.pow(beta2, Double(step))).squareRoot())
    let (newMean, keptSquare, newSquare) = (S(1 - beta1), S(beta2), S(1 - beta2))
    let (shrink, decay, epsilon) = (S(shrink), S(decay), S(epsilon))
    for index in 0..<parameter.elementCount {
      let value = p[index] * shrink
      let slope = g[index] + decay * value
      m[index] += (slope - m[index]) * newMean
      v[index] = v[index] * keptSquare + newSquare * (slope * slope)
      // The magnitude changes nothing, but shows the compiler that the root never fails: so it makes vectors.
      p[index] = value - stepSize * m[index] / (v[index].magnitude.squareRoot() * inverseRoot + epsilon)
    }
  }
}
