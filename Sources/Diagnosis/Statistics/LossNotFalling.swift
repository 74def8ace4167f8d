import Localization
import Numbers
import Trace

extension Rule {
  /// A loss that stays where guessing puts it, or where it has risen to.
  static let lossNotFalling = Rule(
    "loss-not-falling", .statistics, summary: { localized("a loss that does not fall") }, measure: .loss,
    thresholds: [
      Threshold(
        "steps", 300, source: localized("sound runs, on noisy numbers too, are below guessing by then")),
      Threshold("epochs", 3, source: localized("recurrent networks need one or two before they learn")),
      Threshold(
        "most", 2000, source: localized("the most steps to wait for where epochs are long")),
      Threshold(
        "lower", 0.6, source: localized("Mann-Whitney: without change half of the pairs are lower, ± 0.09")),
      Threshold(
        "steadily", 0.9,
        source: localized("of a loss that falls steadily, however slowly, nearly all pairs are lower")),
      Threshold(
        "guess", 0.98,
        source: localized("of the loss of guessing; runs that have learned a twentieth are below 0.95")),
      Threshold(
        "beyond", 3,
        source: localized("a loss this far above is another loss, a sum over samples, or diverges")),
    ], judge: { LossNotFalling(thresholds: $0) })
}

/// Compares the last third of the run with the one before, and with the loss of one who guesses. A loss of several terms, or
/// of one's own, cannot be compared; nor one that was far above guessing from the first step on.
private struct LossNotFalling: LossJudge {
  private let thresholds: ThresholdValues
  private var window = LossWindow()
  private var level = LossLevel()
  private var rate = RateLevel()
  private var guess = GuessingLevel()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    level.take(loss)
    rate.take(loss)
    guard window.take(Double(loss.loss)) else { return [] }
    let finding = finding(at: loss.step, of: run)
    window.makeRoom()
    return finding
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guess.take(step)
    return []
  }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    if case .epoch(let epoch) = fact { finding(at: epoch.result.step, of: run) } else { [] }
  }

  /// Whether a loss is above a level and does not fall: not at all, or, where noise hides how steadily, so little that it
  /// would still be above after as many steps again, three times as many as lie between the two thirds.
  private func isFlat(_ loss: Double, above level: Double) -> Bool {
    let (share, fall) = (window.shareOfLower, window.earlier - window.recent)
    return loss >= level
      && (share < thresholds["lower"] || share < thresholds["steadily"] && loss - 3 * fall >= level)
  }

  private func finding(at step: Int, of run: RunFacts) -> [Finding] {
    let epochs = thresholds["epochs"] * Double(run.stepsPerEpoch ?? 0)
    guard Double(step) >= max(thresholds["steps"], min(epochs, thresholds["most"])), window.means.count >= 30,
      !run.hasSeveralOptimizers,
      rate.isAtItsHeight, level.share != nil
    else { return [] }
    let recent = window.recent
    guard let (guessed, own) = guess.comparison(recent: recent),
      isFlat(own, above: thresholds["guess"] * guessed)
    else { return [] }
    let limit = thresholds["beyond"] * guessed
    if own > limit {
      guard let opening = level.opening, opening <= limit else { return [] }
      return [risen(from: opening, at: step, guessed, run)]
    }
    let (now, advice) = (NumberText.loss(recent), Advice(run))
    return [
      Finding(
        rule: Rule.lossNotFalling.name, severity: .warning,
        what: localized("the loss has not fallen in \(NumberText.grouped(step)) steps: it is \(now)"),
        evidence: evidence(guessed),
        cause: localized("The model has learned nothing from its inputs so far."),
        remedy: [
          localized("Check that inputs and labels belong together, also after shuffling."),
          localized("Try a learning rate ten times larger, and one ten times smaller."),
          advice.words(
            localized(
              "Train on one batch alone: if that loss does not fall to 0 either, the fault is in the model or its loss."
            ),
            swift: localized(
              "Type :overfit: if the loss of one batch alone does not fall to 0 either, the fault is in the model or its loss."
            )),
        ], location: guess.node?.location ?? run.location, position: .end(of: step))
    ]
  }

  /// A loss that was near that of guessing, and is now far above it.
  private func risen(from opening: Double, at step: Int, _ guessed: Double, _ run: RunFacts) -> Finding {
    let (first, now) = (NumberText.loss(opening), NumberText.loss(window.recent))
    let advice = Advice(run)
    return Finding(
      rule: Rule.lossNotFalling.name, severity: .warning,
      what: localized("the loss has risen from \(first) to \(now) and stays there"),
      evidence: evidence(guessed),
      cause: localized("Updates that were too large have moved the weights to where the loss does not fall."),
      remedy: [advice.lowerRate(rate.last), localized("Bring the inputs to mean 0 and deviation 1.")]
        + advice.clip,
      location: run.optimizerLocation ?? run.location, position: .end(of: step))
  }

  private func evidence(_ guessed: Double) -> [String] {
    let (earlier, now) = (NumberText.loss(window.earlier), NumberText.loss(window.recent))
    return [
      localized(
        "The median of the loss is \(earlier) in the second third of the run, and \(now) in the last."),
      localized("Guessing without looking at the inputs gives a loss of \(NumberText.loss(guessed))."),
    ]
  }
}
