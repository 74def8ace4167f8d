import Localization
import Numbers
import Trace

extension Rule {
  /// Updates that change a good part of the weights in every step.
  static let largeUpdates = Rule(
    "large-updates", .statistics, summary: { localized("updates that are too large for the weights") },
    thresholds: [
      Threshold(
        "ratio", 0.1,
        source: localized("TheDeepChecker: an update above a tenth of its weights; 0.001 is usual")),
      Threshold("steps", 10, source: localized("TheDeepChecker: this many steps in succession")),
      Threshold(
        "begin", 10, source: localized("the first steps of Adam change each weight by the learning rate")),
      Threshold(
        "leap", 10, source: localized("against the first loss: after such a leap three steps are enough")),
      Threshold(
        "loss", 0.5, source: localized("a loss below this share of the first shows that the updates help")),
    ], judge: { LargeUpdates(thresholds: $0) })
}

/// Compares updates with their weights; biases, which begin with 0, are left out.
private struct LargeUpdates: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()
  private var leaps = Streaks()
  private var once = Once()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] {
    // A step of LBFGS is a whole search.
    guard run.optimizer != "LBFGS", !run.hasSeveralOptimizers else { return [] }
    var weights: [GraphReading.Weight] = []
    if step.parameters.contains(where: isLarge) {
      weights = GraphReading(step.graph).weights(of: step).filter { isLarge($0.facts) }
    }
    let names = weights.map(\.facts.name)
    let hasLeapt = losses.level.isStill(thresholds["leap"])
    let isEarly = Double(step.step) <= thresholds["begin"]
    let leapt = leaps.extend(hasLeapt ? names : [], to: 3)
    let usual = streaks.extend(isEarly ? [] : names, to: thresholds["steps"])
    let worst = weights.filter { (leapt + usual).contains($0.facts.name) }.max {
      ($0.facts.updateRatio ?? 0) < ($1.facts.updateRatio ?? 0)
    }
    guard let worst, losses.level.isStill(thresholds["loss"]), once.tells(at: step.step) else { return [] }
    let times = usual.contains(worst.facts.name) ? Int(thresholds["steps"]) : 3
    return [finding(worst, times, in: step, of: run, losses)]
  }

  private func isLarge(_ parameter: ParameterFacts) -> Bool {
    Double(parameter.updateRatio ?? 0) > thresholds["ratio"]
  }

  private func finding(
    _ weight: GraphReading.Weight, _ times: Int, in step: StepFacts, of run: RunFacts, _ losses: LossCourse
  ) -> Finding {
    let (facts, advice) = (weight.facts, Advice(run))
    let limit = NumberText.percent(thresholds["ratio"])
    let share = NumberText.percent(Double(facts.updateRatio ?? 0))
    let (update, norm) = (Advice.figure(facts.updateNorm ?? 0), Advice.figure(facts.norm))
    return Finding(
      rule: Rule.largeUpdates.name, subject: facts.name, severity: .warning,
      what: localized("step \(step.step) changed \(facts.name) by \(share) of its norm"),
      evidence: [
        localized("The norm of the update is \(update), that of the weights \(norm)."),
        localized(
          "In each of the last \(times) steps checked, the update was above \(limit) of the weights."),
      ]
        + Advice.losses(losses),
      cause: localized("Steps of this size jump over the minimum; about 0.1 % of the weights is usual."),
      remedy: [advice.lowerRate(step.learningRate)] + advice.clip
        + advice.ofPrograms(
          localized("Begin with a small learning rate and let it rise over the first steps (warmup).")),
      location: run.optimizerLocation ?? weight.reader.location, position: .end(of: step.step), view: .update)
  }
}
