extension Rule {
  /// All rules: those of structure first, each group in the order in which a run comes to them.
  package static let all: [Rule] = [
    emptyOptimizer, notInOptimizer, notListed, noGradient,
    softmaxTwice, missingLogSoftmax, missingSigmoid, broadcastLoss, reluBeforeLoss, labelOutOfRange,
    classNeverSeen, batchOfOne, firstLoss, summedLoss,
    keptGradients, clearedGradients, stepWithoutBackward, accumulation, changedInPlace,
    trainingInEvaluationMode, evaluationInTrainingMode, schedulePerBatch,

    deadReLU,
  ]

  /// The rule of a name; nil where there is none.
  package static func named(_ name: String) -> Rule? { all.first { $0.name == name } }
}
