import Localization
import Numbers
import Trace

extension Rule {
  /// Updates that are too small to get anywhere.
  static let smallUpdates = Rule(
    "small-updates", .statistics, summary: { localized("updates that are too small to change the weights") },
    measure: .updates,
    thresholds: [
      Threshold(
        "ratio", 1e-6, source: localized("SageMaker Debugger, TheDeepChecker: an update against its weights")),
      Threshold("steps", 10, source: localized("TheDeepChecker: this many steps in succession")),
      Threshold(
        "magnitude", 1e-7, source: localized("the mean of |g|; below it the gradient is what is too small")),
      Threshold("loss", 0.9, source: localized("below this share of the first loss the run has learned")),
    ], judge: { SmallUpdates(thresholds: $0) })
}

/// Looks for steps in which no weight is changed enough, though there is a gradient.
private struct SmallUpdates: Judge {
  static let readsLosses = false

  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    guard !run.hasSeveralOptimizers else { return [] }
    let largest = step.parameters.filter { $0.updateRatio != nil }.max {
      ($0.updateRatio ?? 0) < ($1.updateRatio ?? 0)
    }
    let hasGradient = step.parameters.contains {
      Double($0.gradientMagnitude ?? 0) > thresholds["magnitude"] && $0.updateRatio != nil
    }
    // Where the rate is 0, `unchanged-weights` tells.
    let hasRate = (step.learningRate ?? losses.rate.last ?? 0) > 0
    let isSmall =
      largest?.updateRatio.map { ($0 > 0 || hasRate) && Double($0) < thresholds["ratio"] } ?? false
    let names = streaks.extend(isSmall && hasGradient ? [""] : [], to: thresholds["steps"])
    guard !names.isEmpty, let largest, losses.level.isStill(thresholds["loss"]), losses.rate.isAtItsHeight
    else {
      return []
    }
    let ratio = NumberText.brief(Double(largest.updateRatio ?? 0))
    let (update, norm) = (Advice.figure(largest.updateNorm ?? 0), Advice.figure(largest.norm))
    return [
      Finding(
        rule: Rule.smallUpdates.name, severity: .warning,
        what: localized("no step changes any parameter by more than \(ratio) of its norm"),
        evidence: [
          localized(
            "The largest update is that of \(largest.name): its norm is \(update), that of the weights \(norm)."
          )
        ] + Advice.losses(losses),
        cause: localized(
          "At this pace the weights need millions of steps; about 0.001 of them in a step is usual."),
        remedy: [
          Advice.raiseRate(step.learningRate ?? losses.rate.last),
          localized("Check that the loss is not divided by too large a number."),
        ], location: run.optimizerLocation ?? run.location, position: .end(of: step.step))
    ]
  }
}
