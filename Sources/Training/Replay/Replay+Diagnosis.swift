import Diagnosis
import Trace

/// What diagnosis finds in a recording that is shown.
extension Replay {
  /// **Units**: seconds. How long steps are looked at before the recording is shown, and each time that one which is being
  /// written has grown.
  private static let (patience, patienceWithMore) = (1.0, 0.1)

  /// Looks at what was recorded since the last time, and tells what it shows.
  func diagnose() -> RunUpdate {
    var update = RunUpdate()
    let isFirst = diagnosis == nil
    let diagnosis =
      diagnosis
      ?? RecordedDiagnosis(run, settings: run.timeline?.experiment.diagnosisSettings ?? .init(), now: now)
    (self.diagnosis, diagnosedSteps) = (diagnosis, tail.archive.lastStep)
    var found: [Finding] = []
    let seconds = isFirst ? Replay.patience : Replay.patienceWithMore
    do { try diagnosis.judge(seconds: seconds) { found += $0 } } catch { update.warnings = ["\(error)"] }
    update.findings = found.filter { new in !findings.contains { $0.id == new.id } }
    findings += update.findings
    update.judged = diagnosis.judged
    return update
  }

  /// Looks at what has been written since, between two ways: a step that is shown is not computed again meanwhile.
  func diagnoseMore() {
    guard tail.isWatching, tail.archive.lastStep > diagnosedSteps else { return }
    publisher.post(diagnose())
  }
}
