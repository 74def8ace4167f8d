import Autograd
import Localization
import NN
import Numbers
import Trace

/// How the loss depends on the learning rate.
extension ModelTestRun {
  /// Trains on the run's next batches, in their order, with a learning rate that grows from step to step.
  func sweep(steps: Int) throws -> LearningRateSweep {
    if case .keyframes = timeline.recomputability { throw ModelTestError.onlyThisBatch }
    let optimizer = experiment.optimizer
    let own = optimizer.learningRates
    defer { optimizer.learningRates = own }
    var sweep = LearningRateSweep()
    var idle: (names: [String], count: Int) = ([], 0)
    for step in 0..<steps {
      try reached(step, steps)
      context.randomness.begin(step: position.step + step)
      let rate = LearningRateSweep.rate(step, of: steps)
      // Groups of parameters keep the ratio of their rates.
      optimizer.learningRates = own.map { own[0] > 0 ? rate * ($0 / own[0]) : rate }
      let batch = step == 0 ? batch : try experiment.trainData.batch(step: position.step - 1 + step)
      let loss = try forward(batch).loss
      guard sweep.add(loss: try loss.number(), rate: rate) else { break }
      try update(from: loss, with: optimizer)
      if step == 0 { idle = weightsWithoutGradient }
    }
    sweep.suggest()
    if idle.names.count * 2 > idle.count {
      sweep.refuse(idle, first: timeline.first.step, isThere: position.step == timeline.first.step)
    } else {
      sweep.conclude(own: own.first ?? 0)
    }
    return sweep
  }

  /// The trained weights to which the last backward has sent nothing but zeros, of how many. Biases do not count: that of
  /// the last layer has a gradient whatever is broken before it.
  private var weightsWithoutGradient: (names: [String], count: Int) {
    let weights = timeline.names.orderedParameters.filter {
      $0.tensor.rank >= 2 && $0.tensor.requiresGrad && timeline.state.optimizerName(of: $0.tensor) != nil
    }
    let idle = weights.filter { $0.tensor.grad?.array(Double.self).allSatisfy { $0 == 0 } ?? true }
    return (idle.map(\.name), weights.count)
  }
}

extension LearningRateSweep {
  /// Suggests no learning rate for a network most of whose weights have no gradient.
  ///
  /// - Parameters:
  ///   - idle: the weights without a gradient, of how many.
  ///   - first: the first step of the run.
  ///   - isThere: whether the sweep began there.
  mutating func refuse(_ idle: (names: [String], count: Int), first: Int, isThere: Bool) {
    suggestion = nil
    conclusion = localized(
      """
      Backward brings no gradient to \(idle.names.count) of \(idle.count) weights, \(idle.names.first ?? "") first: no \
      learning rate helps them.
      """)
    if !isThere { conclusion += " " + localized("Go to the first step (:goto \(first)) and try there.") }
  }

  /// Says what the sweep shows of a run with this learning rate.
  mutating func conclude(own: Double) {
    let end = LearningRateSweep.text(points.last?.rate ?? 0)
    guard let suggestion else {
      conclusion =
        localized(
          """
          Up to a learning rate of \(end), the loss never falls by more than it varies from batch to batch. If the \
          network is already trained, go to the first step; if not, :overfit says whether it can learn at all.
          """)
      return
    }
    conclusion = localized(
      "The loss falls most steeply at a learning rate of \(LearningRateSweep.text(suggestion)).")
    // A sweep of a network that has learned already is lowest somewhere before.
    if let turn = turningPoint, turn > suggestion, let choice {
      let least = LearningRateSweep.text(turn)
      conclusion +=
        " "
        + (diverges
          ? localized("It is lowest at \(least) and diverges at \(end).")
          : localized("It is lowest at \(least)."))
      if choice < suggestion {
        conclusion +=
          " "
          + localized(
            "A tenth of the rate at the lowest point, \(LearningRateSweep.text(choice)), is a careful choice."
          )
      }
    }
    conclusion += " " + localized("The run has \(NumberText.setting(own)).")
  }
}
