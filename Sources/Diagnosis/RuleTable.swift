extension Rule {
  /// All rules: those of structure first, each group in the order in which a run comes to them.
  package static let all: [Rule] = [
    emptyOptimizer, notInOptimizer, staleParameters, notListed, noGradient, neverStepped, notFrozen,
    nothingLoaded,
    softmaxTwice, softmaxOverBatch, missingLogSoftmax, missingSigmoid, swappedArguments, oneOutput,
    broadcastLoss,
    reshapedAxes, batchForTime,
    reluBeforeLoss, labelOutOfRange, classNeverSeen, sortedBatches, batchOfOne, firstLoss, summedLoss,
    keptGradients, clearedGradients, stepWithoutBackward, clippedTooEarly, accumulation, changedInPlace,
    backwardTwice,
    trainingInEvaluationMode, evaluationInTrainingMode, dropoutInEvaluation, schedulePerBatch,
    schedulePerEpoch,

    notFinite, diverging, inputsNotStandardized, poorInitialization, equalUnits, mixedSamples,
    unchangedWeights, smallUpdates, largeUpdates, deadReLU, saturation, vanishingGradient, explodingGradient,
    learningRateFell, lossNotFalling, modeGap, classImbalance, overfitting,
  ]

  /// The rule of a name; nil where there is none.
  package static func named(_ name: String) -> Rule? { all.first { $0.name == name } }
}
