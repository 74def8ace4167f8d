import Localization
import Numbers
import Trace

extension Rule {
  /// A learning rate that falls to practically 0 within an epoch, long before the run ends.
  static let learningRateFell = Rule(
    "learning-rate-fell", .statistics,
    summary: { localized("a learning rate that falls to almost 0 within an epoch") }, measure: .learningRate,
    thresholds: [
      Threshold(
        "factor", 1e4, source: localized("sound schedules fall by 10 to 1000, and further at the end alone")),
      Threshold(
        "rest", 0.02, source: localized("cosine and one-cycle are below it for the last 0.6 % of their steps")
      ),
      Threshold("steps", 20, source: localized("at least this many steps with the small one")),
      Threshold("epoch", 1000, source: localized("the steps of an epoch, where it is not known")),
    ], judge: { LearningRateFell(thresholds: $0) })
}

/// Follows the learning rate of each step.
private struct LearningRateFell: LossJudge {
  private let thresholds: ThresholdValues
  private let factor: Double
  private let epochSteps: Int
  private var highest = 0.0
  private var start = 0
  private var low = 0
  private var fell = 0

  init(thresholds: ThresholdValues) {
    self.thresholds = thresholds
    (factor, epochSteps) = (thresholds["factor"], Int(thresholds["epoch"]))
  }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    if case .epoch(let epoch) = fact, low == 0 { begin(after: epoch.result.step) }
    return []
  }

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    guard let rate = loss.learningRate, rate.isFinite else { return [] }
    let isOver = run.stepsPerEpoch == nil && loss.step - start > epochSteps
    if isOver && low == 0 { begin(after: loss.step) }
    highest = max(highest, rate)
    guard rate * factor < highest else {
      low = 0
      return []
    }
    if low == 0 { fell = loss.step }
    low += 1
    guard Double(low) >= max(thresholds["steps"], thresholds["rest"] * Double(loss.step)) else { return [] }
    return [finding(rate, at: loss.step, of: run)]
  }

  private mutating func begin(after step: Int) { (highest, start) = (0, step) }

  private func finding(_ rate: Double, at step: Int, of run: RunFacts) -> Finding {
    let (from, to) = (NumberText.setting(highest), NumberText.brief(rate))
    var evidence = [
      localized(
        "Since step \(fell) it has been less than 1/\(NumberText.setting(factor)) of what it was, and training goes on."
      )
    ]
    if let schedule = run.schedule {
      let times = schedule.stepsInEpoch.map {
        localized("\(schedule.name) was stepped \($0) times in an epoch.")
      }
      evidence.append(times ?? localized("\(schedule.name) changes it."))
    }
    return Finding(
      rule: Rule.learningRateFell.name, severity: .warning,
      what: localized("the learning rate fell from \(from) to \(to) within an epoch"),
      evidence: evidence,
      cause: localized(
        "With a learning rate of almost 0 the weights stay as they are, whatever the gradient."),
      remedy: [
        Advice(run).words(
          localized(
            "Call scheduler.step() once per epoch, after its batches, where the schedule counts epochs."),
          swift: localized("Set scheduleInterval to .epoch, where the schedule counts epochs.")),
        localized(
          "Give the schedule as many steps as the run has, or a lowest learning rate (eta_min, min_lr)."),
      ], location: run.schedule?.location ?? run.optimizerLocation ?? run.location, position: .end(of: fell))
  }
}
