import Localization
import Trace

extension Rule {
  /// A schedule for epochs that is moved on in each batch.
  static let schedulePerBatch = Rule(
    "schedule-per-batch", .structure,
    summary: { localized("a schedule for epochs that is advanced in each batch") }, measure: .learningRate,
    judge: { _ in SchedulePerBatch() })
}

/// Compares the plan of a schedule with how often it was moved on in an epoch.
///
/// Many schedules are made for batches. One is judged only where its plan makes no sense so: a cosine that falls and rises
/// again within one epoch, milestones that all lie in its first quarter, or a rate that falls by more than 10,000.
private struct SchedulePerBatch: LossJudge {
  private static let largestFall = 1e4
  private var firstRate: Double?
  private var lastRate: Double?
  private var lastStep = 1
  /// Whether the first epoch is over, whose rates are compared.
  private var isJudged = false

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    guard !isJudged else { return [] }
    note(loss.learningRate, loss.step)
    return judge(run)
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard !isJudged else { return [] }
    note(step.learningRate, step.step)
    return judge(run)
  }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] { isJudged ? [] : judge(run) }

  private mutating func judge(_ run: RunFacts) -> [Finding] {
    guard let schedule = run.schedule, let moves = schedule.stepsInEpoch,
      lastStep >= run.stepsPerEpoch ?? moves
    else { return [] }
    isJudged = true
    guard moves > 1, moves >= run.stepsPerEpoch ?? 2, isForEpochs(schedule, moves) else { return [] }
    return [finding(schedule, moves, run)]
  }

  private mutating func note(_ rate: Double?, _ step: Int) {
    lastStep = step
    guard let rate else { return }
    firstRate = firstRate ?? rate
    lastRate = rate
  }

  private func isForEpochs(_ schedule: RunFacts.Schedule, _ moves: Int) -> Bool {
    switch schedule.name {
    case "CosineAnnealingLR": schedule.span.map { moves >= 2 * $0 } ?? false
    case "MultiStepLR": schedule.span.map { moves >= 4 * $0 } ?? false
    case "StepLR", "ExponentialLR":
      if let firstRate, let lastRate { firstRate > SchedulePerBatch.largestFall * lastRate } else { false }
    default: false
    }
  }

  private func finding(_ schedule: RunFacts.Schedule, _ moves: Int, _ run: RunFacts) -> Finding {
    var evidence = [localized("it was advanced \(moves) times in an epoch")]
    if let span = schedule.span { evidence.append(localized("its plan is for \(span) steps")) }
    if let firstRate, let lastRate {
      let rates = (StructureWords.figure(firstRate), StructureWords.figure(lastRate))
      evidence.append(localized("the learning rate went from \(rates.0) to \(rates.1)"))
    }
    return Finding(
      rule: Rule.schedulePerBatch.name, severity: .warning,
      what: localized("\(schedule.name) is advanced in each batch, but its plan is for epochs"),
      evidence: evidence,
      cause: localized(
        "The plan ends within the first epoch, and the learning rate is wrong in all later ones."),
      remedy: [
        Advice(run).words(
          localized("Call scheduler.step() once an epoch, after the loop over its batches."),
          swift: localized("Set scheduleInterval to .epoch, where the schedule counts epochs.")),
        localized("Or count its plan in batches: epochs times \(run.stepsPerEpoch ?? moves)."),
      ], location: schedule.location ?? run.location, position: .end(of: lastStep))
  }
}
