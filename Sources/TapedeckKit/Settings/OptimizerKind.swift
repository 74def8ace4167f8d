import NN

/// An optimizer, by the name that `--optimizer` takes.
package enum OptimizerKind: String, Sendable, CaseIterable {
  case sgd, adam, adamw, rmsprop

  /// The learning rate that is usual for it.
  package var usualLearningRate: Double {
    switch self {
    case .sgd: 0.1
    case .adam, .adamw: 0.001
    case .rmsprop: 0.01
    }
  }

  /// An optimizer for a model's parameters; momentum is SGD's and RMSprop's alone.
  package func make(
    _ parameters: [Module.NamedParameter], learningRate: Double, momentum: Double, weightDecay: Double
  ) -> any Optimizer {
    switch self {
    case .sgd: SGD(parameters, learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
    case .adam: Adam(parameters, learningRate: learningRate, weightDecay: weightDecay)
    case .adamw: AdamW(parameters, learningRate: learningRate, weightDecay: weightDecay)
    case .rmsprop:
      RMSprop(parameters, learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
    }
  }
}
