import Localization
import Numbers
import Trace

extension OverfitTest.Attempt {
  /// Whether the loss is below the goal, or all labels are predicted and were not at first.
  func hasLearned(goal: Double) -> Bool {
    guard let last = losses.last, last.isFinite else { return false }
    return last < goal || accuracy == 1 && last < (losses.first ?? 0) / 2
  }

  /// Whether the loss falls in the last quarter as it did before.
  var stillFalls: Bool {
    let finite = losses.filter(\.isFinite)
    guard finite.count == losses.count, finite.count >= 8 else { return false }
    func mean(_ part: ArraySlice<Double>) -> Double { part.reduce(0, +) / Double(part.count) }
    let quarter = finite.count / 4
    return mean(finite.suffix(quarter)) < mean(finite.dropLast(quarter).suffix(quarter)) * 0.95
  }

  /// Whether the last loss is more than 1 % above the first, or not finite.
  fileprivate var rises: Bool {
    guard let first = losses.first, let last = losses.last else { return false }
    return !last.isFinite || last > first * 1.01
  }

  /// `2.31 → 0.004`.
  fileprivate var way: String {
    "\(NumberText.trimmed(NumberText.measure(losses.first ?? .nan))) → \(NumberText.trimmed(NumberText.measure(losses.last ?? .nan)))"
  }
}

extension [OverfitTest.Attempt] {
  /// The one with the lowest loss at its end.
  var best: OverfitTest.Attempt? {
    func end(_ attempt: OverfitTest.Attempt) -> Double {
      attempt.losses.last.flatMap { $0.isFinite ? $0 : nil } ?? .infinity
    }
    return self.min { end($0) < end($1) }
  }
}

extension OverfitTest {
  /// Says what the attempts show.
  ///
  /// - Parameters:
  ///   - step: the step of the moment that is tested.
  ///   - hasGradients: whether backward has sent a gradient to anything that is trained.
  mutating func conclude(at step: Int, hasGradients: Bool) {
    guard let own = attempts.first, let last = attempts.last, let best = attempts.best else { return }
    if last.hasLearned(goal: goal) {
      verdict = last.start != nil ? .brokenWeights : attempts.count == 1 ? .learns : .learnsOtherwise
    } else {
      verdict = best.stillFalls ? .stillFalls : .fails
    }
    conclusion =
      switch verdict {
      case .learns: success(of: own)
      case .learnsOtherwise: success(of: last) + " " + failure(of: own)
      case .stillFalls:
        localized(
          """
          The network has not learned this batch yet: loss \(best.way) in \(best.steps) steps of \(best.optimizer), but \
          the loss still falls. Give it more steps, as in :overfit 1000.
          """)
      case .brokenWeights: broken(at: step, last)
      case .fails:
        localized(
          """
          The network cannot learn this batch: loss \(best.way) in \(best.steps) steps of \(best.optimizer). So the fault \
          is in the model, the loss or the labels, not in the amount of data.
          """)
          + (hasGradients
            ? ""
            : " " + localized("Backward sends no gradient to any parameter that the optimizer has."))
      }
  }

  /// What is so of a network that can learn from the weights of the run's start, but no longer.
  private func broken(at step: Int, _ first: Attempt) -> String {
    guard let now = attempts.filter({ $0.start == nil }).best, let start = first.start else { return "" }
    return localized(
      """
      From the weights of step \(step) the network cannot learn this batch (\(now.way) in \(now.steps) steps of \
      \(now.optimizer)); from those of step \(start) it can (\(first.way) in \(first.steps) steps of \
      \(first.optimizer)): training has broken the weights.
      """)
  }

  private func success(of attempt: Attempt) -> String {
    let last = attempt.losses.last ?? .nan
    if attempt.steps == 0 {
      return localized(
        "The network has learned this batch already: its loss, \(NumberText.term(last)), is below 1 % of the first one."
      )
    }
    return last < goal
      ? localized(
        "The network can learn this batch: loss \(attempt.way) in \(attempt.steps) steps of \(attempt.optimizer)."
      )
      : localized(
        """
        The network can learn this batch: after \(attempt.steps) steps of \(attempt.optimizer) it predicts all labels, \
        loss \(attempt.way).
        """)
  }

  /// Why the run's own optimizer has not done what another one has.
  private func failure(of own: Attempt) -> String {
    if own.rises {
      return localized(
        """
        With its own \(own.optimizer) the loss rises, \(own.way) in \(own.steps) steps: lower the learning rate.
        """)
    }
    return own.stillFalls
      ? localized(
        """
        With its own \(own.optimizer) it is slower, loss \(own.way) in \(own.steps) steps: :lr-find looks for a better \
        learning rate.
        """)
      : localized(
        """
        With its own \(own.optimizer) it does not, loss \(own.way) in \(own.steps) steps: the fault is in the optimizer's \
        settings, and :lr-find looks for a better learning rate.
        """)
  }
}
