import Autograd
import Diagnosis
import NN
import Trace

/// Looks at the steps of a run that ``LookSchedule`` names, for its diagnosis; beside these only at the one after the first
/// loss that is not finite.
///
/// Owner: the training queue.
final class Diagnostician {
  private let reading: FactReading
  private var diagnosis: Diagnosis
  private let tell: ([Finding]) -> Void
  /// Whether this step is looked at.
  private(set) var isLooking = false
  private var passed = PassedSteps()

  /// A diagnostician of an experiment's run, who passes new findings on to `tell`.
  init(_ experiment: Experiment, _ names: ModelNames, tell: @escaping ([Finding]) -> Void) {
    reading = FactReading(experiment, names)
    diagnosis = Diagnosis(settings: experiment.diagnosisSettings)
    self.tell = tell
    take(.run(reading.run))
  }

  /// Whether to look at a step that begins.
  func begin(_ step: Int) -> Bool {
    isLooking = step > passed.last && (LookSchedule.includes(step) || step - 1 == passed.broken)
    return isLooking
  }

  /// A step is done that was looked at node by node.
  ///
  /// - Returns: what is newly found.
  @discardableResult
  func finish(_ tape: Tape, loss: Double) -> [Finding] {
    guard tape.step > passed.last else { return [] }
    let wasLooking = isLooking
    isLooking = false
    _ = passed.add(tape.step, loss, reading.learningRate, tape.batch?.targets)
    let found = judgeLosses()
    guard wasLooking else { return found }
    let facts = reading.step(tape, loss: loss, withInputs: tape.step <= LookSchedule.lastOfInputs)
    passed.labels.classCount = facts.targets?.classCount
    return found + take(.step(facts))
  }

  /// A step is done that was not looked at.
  func pass(_ step: Int, loss: Double, targets: Tensor?) {
    if passed.add(step, loss, reading.learningRate, targets) { judgeLosses() }
  }

  /// Judges the losses up to now. Others come before this, and wait for it.
  @discardableResult
  func judgeLosses() -> [Finding] {
    guard !passed.losses.isEmpty else { return [] }
    defer { passed.losses.removeAll(keepingCapacity: true) }
    return take(.losses(passed.losses))
  }

  /// An epoch has ended.
  func end(_ epoch: EpochResult) {
    judgeLosses()
    if let counts = passed.labels.takeCounts() {
      var run = reading.run
      run.classCounts = counts
      take(.run(run))
    }
    take(.epoch(EpochFacts(result: epoch)))
  }

  /// An error has ended a step.
  func fail(_ error: any Error, _ tape: Tape, at position: Position) {
    judgeLosses()
    take(.failure(FailureFacts(error, batchCount: tape.batch?.count, at: position)))
  }

  /// A new future begins.
  func forget(from position: Position) {
    judgeLosses()
    diagnosis.forget(from: position)
    passed.forget(from: position.step)
  }

  @discardableResult
  private func take(_ fact: Fact) -> [Finding] {
    let found = diagnosis.take(fact)
    if !found.isEmpty { tell(found) }
    return found
  }
}

/// What is known of the steps that are done.
private struct PassedSteps {
  private static let mostLosses = 32

  /// The last of them.
  private(set) var last = 0
  /// The first one whose loss is not finite: in the next one it shows in which weights.
  private(set) var broken: Int?
  /// The losses that were not judged yet: most show nothing, and many at once are judged in less time.
  var losses: [LossFacts] = []
  var labels = LabelCounts()

  init() { losses.reserveCapacity(PassedSteps.mostLosses) }

  /// Adds a step.
  ///
  /// - Returns: whether its loss and those before it are to be judged now.
  mutating func add(_ step: Int, _ loss: Double, _ rate: Double, _ targets: Tensor?) -> Bool {
    guard step > last else { return false }
    last = step
    if let targets { labels.add(targets) }
    if !loss.isFinite, broken == nil { broken = step }
    losses.append(LossFacts(step: step, loss: Float(loss), learningRate: rate))
    return losses.count == PassedSteps.mostLosses || !loss.isFinite
  }

  /// A new future begins with a step.
  mutating func forget(from step: Int) {
    last = min(last, step - 1)
    if let first = broken, first > last { broken = nil }
  }
}
