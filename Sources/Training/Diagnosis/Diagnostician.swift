import Autograd
import Diagnosis
import NN
import Trace

/// Looks at steps of a run for its diagnosis: at the first ones, and then at as many as a small share of the time allows, or,
/// where the diagnosis is all that is wanted, at many steps, the same ones in every run.
///
/// Owner: the training queue.
final class Diagnostician {
  /// The steps that are always looked at: structure shows in the first, and what a step leaves behind in the next.
  private static let firstSteps = 10
  /// Looking takes at most one two-hundredth of the time,
  private static let share = 200.0
  /// but for so many seconds at the start: short runs are looked at too.
  private static let freeSeconds = 0.01
  /// Where the diagnosis is all that is wanted: all of the first 400 steps, and then every eighth.
  private static let thorough = (first: 400, every: 8)

  private let isThorough: Bool
  private let reading: FactReading
  private let now: () -> Double
  private var diagnosis: Diagnosis
  private let tell: ([Finding]) -> Void
  /// The last step of which something was told.
  private var last = 0
  /// Whether this step is looked at, since when, and how long looking at the one before took.
  private(set) var isLooking = false
  private var began = 0.0
  private var cost = 0.0
  private var ended = -Double.infinity
  private var spent = 0.0
  private var labels = LabelCounts()
  /// How often to look, since a loss was not finite: at the next step, to see where that begins.
  private var looksAtBroken = 0
  private var hasBroken = false

  /// A diagnostician of an experiment's run, who passes new findings on to `tell`; `now` gives seconds from any fixed point,
  /// and `isThorough` says that the same steps are looked at however long that takes.
  init(
    _ experiment: Experiment, _ names: ModelNames, isThorough: Bool = false, now: @escaping () -> Double,
    tell: @escaping ([Finding]) -> Void
  ) {
    self.isThorough = isThorough
    reading = FactReading(experiment, names)
    diagnosis = Diagnosis(settings: experiment.diagnosisSettings)
    self.now = now
    self.tell = tell
    take(.run(reading.run))
  }

  /// Whether to look at a step that begins; `always` where saving time does not matter.
  func begin(_ step: Int, always: Bool) -> Bool {
    isLooking = false
    guard step > last else { return false }
    let time = now()
    guard always || looksAtBroken > 0 || step <= Diagnostician.firstSteps || isDue(step, at: time) else {
      return false
    }
    (isLooking, began) = (true, time)
    looksAtBroken -= 1
    return true
  }

  private func isDue(_ step: Int, at time: Double) -> Bool {
    isThorough
      ? step <= Diagnostician.thorough.first || step.isMultiple(of: Diagnostician.thorough.every)
      : spent < Diagnostician.freeSeconds || time - ended >= cost * Diagnostician.share
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
    let facts = reading.step(tape, loss: loss)
    labels.classCount = facts.targets?.classCount
    let found = take(.step(facts))
    ended = now()
    cost = ended - began
    spent += cost
    return found
  }

  /// A step is done.
  func pass(_ step: Int, loss: Double, targets: Tensor?) {
    guard step > last else { return }
    last = step
    if let targets { labels.add(targets) }
    if !loss.isFinite, !hasBroken { (hasBroken, looksAtBroken) = (true, 1) }
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
  }

  @discardableResult
  private func take(_ fact: Fact) -> [Finding] {
    let found = diagnosis.take(fact)
    if !found.isEmpty { tell(found) }
    return found
  }
}

/// Counts the labels of the first epoch.
private struct LabelCounts {
  private static let mostClasses = 10_000

  /// How many classes the output has; nil while that is not known.
  var classCount: Int?
  private var counts: [Int]? = []

  /// Counts the labels of a batch.
  mutating func add(_ targets: Tensor) {
    guard var sums = counts.take(), targets.dtype == .int64, targets.rank == 1, targets.isContiguous else {
      return
    }
    withExtendedLifetime(targets) {
      for label in targets.values(Int64.self) where (0..<Int64(LabelCounts.mostClasses)).contains(label) {
        let label = Int(label)
        if label >= sums.count { sums += repeatElement(0, count: label + 1 - sums.count) }
        sums[label] += 1
      }
    }
    counts = sums
  }

  /// How often each class occurred, once, after the first epoch; nil where targets are not classes.
  mutating func takeCounts() -> [Int]? {
    guard let counts = counts.take(), let classCount, classCount <= LabelCounts.mostClasses else {
      return nil
    }
    return (0..<classCount).map { $0 < counts.count ? counts[$0] : 0 }
  }
}
