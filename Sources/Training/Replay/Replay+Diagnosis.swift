import Diagnosis
import Trace

/// What diagnosis finds in a recording that is shown.
extension Replay {
  /// How many steps are computed for it beside the first ones, and the seconds after which no more are.
  private static let (mostSteps, mostSeconds) = (12, 1.0)

  /// What is found in the recorded numbers, and in a few steps, before the recording is shown.
  func diagnose() -> [Finding] {
    let start = now()
    var diagnosis = Diagnosis(settings: run.timeline?.experiment.diagnosisSettings ?? .init())
    let facts = RecordedFacts(run, mostSteps: Replay.mostSteps) { [now] in now() - start < Replay.mostSeconds
    }
    do { try facts.tell { _ = diagnosis.take($0) } } catch { publisher.warn("\(error)") }
    visits = run.timeline.map { VisitedSteps($0, known: diagnosis.findings) }
    return diagnosis.findings
  }
}

/// The diagnosis of the steps that a replay comes to, which are computed again.
struct VisitedSteps {
  /// Looking takes at most one fiftieth of the time.
  private static let share = 50.0

  private let reading: FactReading
  private let builder: MomentBuilder
  private let settings: Diagnosis.Settings
  private var known: Set<String>
  private var diagnosis: Diagnosis
  private var last = 0
  private var (ended, cost) = (-Double.infinity, 0.0)

  /// No steps yet, where some findings are known already.
  init(_ timeline: Timeline, known: [Finding]) {
    reading = FactReading(timeline.experiment, timeline.names)
    builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    settings = timeline.experiment.diagnosisSettings
    self.known = Set(known.map(\.id))
    diagnosis = Diagnosis(settings: settings)
    _ = diagnosis.take(.run(reading.run))
  }

  /// What a whole step shows that is not known, if there is time to look at it.
  mutating func take(_ tape: Tape, now: () -> Double) -> [Finding] {
    let start = now()
    guard tape.step != last, start - ended >= cost * VisitedSteps.share, let loss = builder.loss(tape) else {
      return []
    }
    if tape.step < last {
      // What is looked at goes forward in time.
      diagnosis = Diagnosis(settings: settings)
      _ = diagnosis.take(.run(reading.run))
    }
    last = tape.step
    let found = diagnosis.take(.step(reading.step(tape, loss: Double(loss))))
    (ended, cost) = (now(), now() - start)
    // Where NaN began was told before: of steps that are looked at one by one it is not known.
    let isBroken = known.contains { $0.hasPrefix("not-finite") }
    return found.filter { !(isBroken && $0.rule == "not-finite") && known.insert($0.id).inserted }
  }
}
