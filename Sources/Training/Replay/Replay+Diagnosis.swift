import Diagnosis
import Trace

/// What diagnosis finds in a recording that is shown.
extension Replay {
  /// How many steps are computed for it beside the first ones, and the seconds after which no more are.
  private static let (mostSteps, mostSeconds) = (6, 0.3)

  /// What is found in the recorded numbers, and in a few steps, before the recording is shown.
  var findings: [Finding] {
    let start = now()
    var diagnosis = Diagnosis(settings: run.timeline?.experiment.diagnosisSettings ?? .init())
    let facts = RecordedFacts(run, mostSteps: Replay.mostSteps) { [now] in now() - start < Replay.mostSeconds
    }
    do { try facts.tell { _ = diagnosis.take($0) } } catch { publisher.warn("\(error)") }
    return diagnosis.findings
  }
}
