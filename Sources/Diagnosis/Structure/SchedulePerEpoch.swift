import Localization
import Trace

extension Rule {
  /// A schedule for batches that is moved on once an epoch.
  static let schedulePerEpoch = Rule(
    "schedule-per-epoch", .structure,
    summary: { localized("a schedule for batches that is advanced once an epoch") }, measure: .learningRate,
    judge: { _ in SchedulePerEpoch() })
}

/// Looks for a schedule that was told how many batches an epoch has, and that moves on once in it.
private struct SchedulePerEpoch: LossJudge {
  private var lastStep = 1

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    lastStep = loss.step
    return judge(run)
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    lastStep = step.step
    return judge(run)
  }

  func findings(in fact: Fact, of run: RunFacts) -> [Finding] { judge(run) }

  private func judge(_ run: RunFacts) -> [Finding] {
    guard let schedule = run.schedule, let planned = schedule.plannedStepsPerEpoch, planned > 1,
      schedule.stepsInEpoch == 1, lastStep >= planned
    else { return [] }
    return [
      Finding(
        rule: Rule.schedulePerEpoch.name, severity: .warning,
        what: localized("\(schedule.name) is advanced once an epoch, but its plan is for batches"),
        evidence: [localized("it was made with steps_per_epoch=\(planned), and advanced once in an epoch")],
        cause: localized(
          "The learning rate stays near its first value, and never gets to where the plan has it."),
        remedy: [
          Advice(run).words(
            localized("Call scheduler.step() in each batch, after optimizer.step()."),
            swift: localized("Set scheduleInterval to .step.")),
          localized("Or make it with steps_per_epoch=1."),
        ], location: schedule.location ?? run.location, position: .end(of: lastStep))
    ]
  }
}
