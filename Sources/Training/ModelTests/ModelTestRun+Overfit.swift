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
  /// Where none does, the same is tried from the weights of the run's start, since training may have broken those of now.
  /// Dropout is off, since it keeps the network from learning by heart. The goal is a share of the batch's loss with the
  /// weights of the run's start.
  func overfit(steps: Int) throws -> OverfitTest {
    let dropouts = experiment.model.namedModules().compactMap { $0.module as? Dropout }.filter(\.isTraining)
    for dropout in dropouts { dropout.setTraining(false) }
    defer { for dropout in dropouts { dropout.setTraining(true) } }
    let start = state()
    let origin = timeline.history.keyframes.nearest(to: 0)
    let own = experiment.optimizer
    let rates = [nil] + Self.otherRates.filter { own.name != "Adam" || own.learningRate != $0 }
    let isPastStart = origin.step < position.step
    let total = steps * rates.count * (isPastStart ? 2 : 1)
    let first = try firstLoss(at: origin, now: start)
    let goal = first * OverfitTest.goalShare
    var test = OverfitTest(sampleCount: batch.count, goal: goal, attempts: [], verdict: .fails)
    test.attempts = try attempts(from: start, rates, steps: steps, goal: goal) { try reached($0, total) }
    test.conclude(at: position.step, hasGradients: hasGradients)
    // A loss that still falls is none the better while it is above that of weights that were never trained.
    let isWorse = test.verdict == .stillFalls && (test.attempts.best?.losses.last ?? 0) > first
    guard isPastStart, test.verdict == .fails || isWorse else { return test }
    let again = try attempts(from: origin, rates, steps: steps, goal: goal) {
      try reached(total / 2 + $0, total)
    }
    if var best = again.last(where: { $0.hasLearned(goal: goal) }) ?? again.best {
      best.start = origin.step
      test.attempts.append(best)
    }
    test.conclude(at: position.step, hasGradients: hasGradients)
    return test
  }

  /// Whether backward has sent a gradient to anything that is trained.
  private var hasGradients: Bool { experiment.optimizer.parameters.contains { $0.tensor.grad != nil } }

  /// The batch's loss with the weights of the run's start; with those of now where the first is not finite or not above 0.
  ///
  /// Weights that training has broken have losses of any size: a share of such a loss is soon reached.
  /// - Throws: ``ModelTestError`` if a share of it cannot be a goal.
  private func firstLoss(at origin: Keyframe, now start: Keyframe) throws -> Double {
    let now = try noGrad { try forward(batch).loss.number() }
    try timeline.state.restore(origin)
    let before = (try? noGrad { try forward(batch).loss.number() }) ?? now
    try timeline.state.restore(start)
    guard now.isFinite else { throw ModelTestError.lossNotFinite(now) }
    let loss = before.isFinite && before > 0 ? before : now
    guard loss > 0 else { throw ModelTestError.lossNotPositive(now) }
    return loss
  }

  /// Attempts from the same weights, with the run's own optimizer for a rate that is nil and with Adam for others, until
  /// one has learned the batch.
  private func attempts(
    from start: Keyframe, _ rates: [Double?], steps: Int, goal: Double, reached: (Int) throws -> Void
  ) throws -> [OverfitTest.Attempt] {
    let own = experiment.optimizer
    var attempts: [OverfitTest.Attempt] = []
    for (place, rate) in rates.enumerated() {
      try timeline.state.restore(start)
      let optimizer = rate.map { Adam(own.parameters, learningRate: $0) as any Optimizer } ?? own
      let attempt = try attempt(with: optimizer, steps: steps, goal: goal) {
        try reached(place * steps + $0)
      }
      attempts.append(attempt)
      if attempt.hasLearned(goal: goal) { break }
    }
    return attempts
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
