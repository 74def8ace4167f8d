import Autograd
import Localization
import NN
import Trace

/// Whether the network can learn one batch by heart.
extension ModelTestRun {
  /// The learning rates with which Adam tries it where the run's own optimizer has not done it.
  private static let otherRates = [0.01, 0.001]
  /// So many steps in which the loss does not move at all end an attempt.
  private static let stillness = 30

  /// Trains on the batch alone: with the run's own optimizer, and from the same start with Adam where that does not do.
  ///
  /// Dropout is off, since it keeps the network from learning by heart. The goal is a share of the batch's first loss: that
  /// of the parameters as they are now, or as they were at the start of the run, where it was greater.
  func overfit(steps: Int) throws -> OverfitTest {
    let dropouts = experiment.model.namedModules().compactMap { $0.module as? Dropout }.filter(\.isTraining)
    for dropout in dropouts { dropout.setTraining(false) }
    defer { for dropout in dropouts { dropout.setTraining(true) } }
    let start = state()
    let first = try firstLoss(from: start)
    let own = experiment.optimizer
    let others = Self.otherRates.filter { own.name != "Adam" || own.learningRate != $0 }
    let total = steps * (1 + others.count)
    var test = OverfitTest(
      sampleCount: batch.count, goal: first * OverfitTest.goalShare, attempts: [], verdict: .fails)
    for (place, rate) in ([nil] + others).enumerated() {
      try timeline.state.restore(start)
      let optimizer =
        rate.map { Adam(own.parameters, learningRate: $0) as any Optimizer } ?? own
      let attempt = try attempt(with: optimizer, steps: steps, goal: test.goal) { done in
        try reached(place * steps + done, total)
      }
      test.attempts.append(attempt)
      if attempt.hasLearned(goal: test.goal) { break }
    }
    test.conclude(hasGradients: own.parameters.contains { $0.tensor.grad != nil })
    return test
  }

  /// The greater of the batch's losses now and at the start of the run.
  ///
  /// - Throws: ``ModelTestError`` if a share of it cannot be a goal.
  private func firstLoss(from start: Keyframe) throws -> Double {
    let now = try noGrad { try forward(batch).loss.number() }
    try timeline.state.restore(timeline.history.keyframes.nearest(to: 0))
    let before = (try? noGrad { try forward(batch).loss.number() }) ?? now
    try timeline.state.restore(start)
    guard now.isFinite else { throw ModelTestError.lossNotFinite(now) }
    let first = before.isFinite ? max(now, before) : now
    guard first > 0 else { throw ModelTestError.lossNotPositive(now) }
    return first
  }

  private func attempt(
    with optimizer: any Optimizer, steps: Int, goal: Double, reached: (Int) throws -> Void
  ) throws -> OverfitTest.Attempt {
    let accuracy = Accuracy(experiment.trainData.dataset)
    var attempt = OverfitTest.Attempt(optimizer: optimizer.summary, losses: [])
    for step in 0...steps {
      try reached(step)
      let (output, loss) = try forward(batch)
      let value = try loss.number()
      attempt.losses.append(value)
      attempt.accuracy = accuracy.share(of: output, labels: batch.targets).map(Double.init)
      let isStill =
        step >= Self.stillness && attempt.losses.suffix(Self.stillness + 1).allSatisfy { $0 == value }
      guard value.isFinite, value >= goal, !isStill, step < steps else { break }
      try update(from: loss, with: optimizer)
    }
    return attempt
  }
}

extension Tensor {
  /// The only number of a loss.
  ///
  /// - Throws: `AutogradError` if it has several.
  func number() throws -> Double {
    guard elementCount == 1 else {
      throw AutogradError.backwardNeedsScalar(
        shape: shape, location: node?.location ?? SourceLocation(file: #fileID, line: #line))
    }
    return try item()
  }
}
