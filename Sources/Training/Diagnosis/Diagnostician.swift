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
  /// The last step of which something was told.
  private var last = 0
  /// Whether this step is looked at.
  private(set) var isLooking = false
  private var labels = LabelCounts()
  /// The first step whose loss is not finite: in the next one it shows in which weights.
  private var broken: Int?

  /// A diagnostician of an experiment's run, who passes new findings on to `tell`.
  init(_ experiment: Experiment, _ names: ModelNames, tell: @escaping ([Finding]) -> Void) {
    reading = FactReading(experiment, names)
    diagnosis = Diagnosis(settings: experiment.diagnosisSettings)
    self.tell = tell
    take(.run(reading.run))
  }

  /// Whether to look at a step that begins.
  func begin(_ step: Int) -> Bool {
    isLooking = step > last && (LookSchedule.includes(step) || step - 1 == broken)
    return isLooking
  }

  /// A step is done that was looked at node by node.
  ///
  /// - Returns: what is newly found.
  @discardableResult
  func finish(_ tape: Tape, loss: Double) -> [Finding] {
    guard tape.step > last else { return [] }
    let wasLooking = isLooking
    isLooking = false
    pass(tape.step, loss: loss, targets: tape.batch?.targets)
    guard wasLooking else { return [] }
    let facts = reading.step(tape, loss: loss, withInputs: tape.step <= LookSchedule.lastOfInputs)
    labels.classCount = facts.targets?.classCount
    return take(.step(facts))
  }

  /// A step is done.
  func pass(_ step: Int, loss: Double, targets: Tensor?) {
    guard step > last else { return }
    last = step
    if let targets { labels.add(targets) }
    if !loss.isFinite, broken == nil { broken = step }
    take(.loss(LossFacts(step: step, loss: Float(loss), learningRate: reading.learningRate)))
  }

  /// An epoch has ended.
  func end(_ epoch: EpochResult) {
    if let counts = labels.takeCounts() {
      var run = reading.run
      run.classCounts = counts
      take(.run(run))
    }
    take(.epoch(EpochFacts(result: epoch)))
  }

  /// An error has ended a step.
  func fail(_ error: any Error, _ tape: Tape, at position: Position) {
    take(.failure(FailureFacts(error, batchCount: tape.batch?.count, at: position)))
  }

  /// A new future begins.
  func forget(from position: Position) {
    diagnosis.forget(from: position)
    last = min(last, position.step - 1)
    if let first = broken, first > last { broken = nil }
  }

  @discardableResult
  private func take(_ fact: Fact) -> [Finding] {
    let found = diagnosis.take(fact)
    if !found.isEmpty { tell(found) }
    return found
  }
}
