import Autograd
import CKernels

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
  ///
  /// In one pass over memory, with the factors worked out before: the gradient's mean and square, and the parameter.
  func stepByMoments(_ index: Int, _ parameter: Tensor, _ gradient: Tensor) {
    let count = Double(memory.countStep(of: index))
    let mean = memory.tensor(0, of: index, like: parameter)
    let square = memory.tensor(1, of: index, like: parameter)
    let step = TapedeckMomentStep(
      shrink: decaysParameters ? 1 - learningRate * weightDecay : 1,
      decay: decaysParameters ? 0 : weightDecay, keptSquare: beta2, newMean: 1 - beta1, newSquare: 1 - beta2,
      stepSize: learningRate / (1 - Double.pow(beta1, count)),
      inverseRoot: 1 / (1 - Double.pow(beta2, count)).squareRoot(), epsilon: epsilon)
    if parameter.dtype == .float32 {
      let (values, slopes) = (parameter.pointer(Float.self), gradient.pointer(Float.self))
      let (means, squares) = (mean.pointer(Float.self), square.pointer(Float.self))
      ParallelLoop.run(parameter.elementCount, unit: ParallelLoop.page) { part in
        let start = part.lowerBound
        tapedeck_step_by_moments_float(
          part.count, values + start, slopes + start, means + start, squares + start, step)
      }
    } else {
      tapedeck_step_by_moments_double(
        parameter.elementCount, parameter.pointer(Double.self), gradient.pointer(Double.self),
        mean.pointer(Double.self), square.pointer(Double.self), step)
    }
  }
}
