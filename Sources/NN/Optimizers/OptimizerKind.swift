/// An optimizer that can be chosen by name, as `--optimizer` does.
package struct OptimizerKind: Sendable, Equatable, RawRepresentable, CaseIterable {
  /// The settings that are common to all kinds.
  struct Settings {
    let learningRate: Double
    let momentum: Double
    let weightDecay: Double
  }

  /// The name: `sgd`.
  package let rawValue: String
  /// The learning rate that is usual for it.
  package let usualLearningRate: Double
  /// The momentum that is usual for it; nil where it has no such setting.
  package let usualMomentum: Double?
  private let makeOptimizer: @Sendable ([Optimizer.NamedParameter], Settings) -> any Optimizer

  /// All kinds.
  package static let allCases: [OptimizerKind] = [.sgd, .adam, .adamw, .rmsprop]

  init(
    _ name: String, usualLearningRate: Double, usualMomentum: Double? = nil,
    make: @escaping @Sendable ([Optimizer.NamedParameter], Settings) -> any Optimizer
  ) {
    rawValue = name
    self.usualLearningRate = usualLearningRate
    self.usualMomentum = usualMomentum
    makeOptimizer = make
  }

  /// The kind with a name; nil where there is none.
  package init?(rawValue: String) {
    guard let kind = OptimizerKind.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = kind
  }

  /// An optimizer for a model's parameters; the momentum is ignored by kinds without one.
  package func make(
    _ parameters: [Optimizer.NamedParameter], learningRate: Double, momentum: Double, weightDecay: Double
  ) -> any Optimizer {
    makeOptimizer(
      parameters, Settings(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay))
  }

  /// The names of some kinds in a sentence: `sgd, adam or rmsprop`.
  package static func names(
    _ conjunction: String, where isIncluded: (OptimizerKind) -> Bool = { _ in true }
  ) -> String {
    let names = allCases.filter(isIncluded).map(\.rawValue)
    return names.count < 2
      ? names.joined()
      : "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(names[names.count - 1])"
  }
}
