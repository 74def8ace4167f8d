import Autograd
import Datasets
import Localization
import NN
import Trace

/// The steps of a run so far, each of which can be computed again to the bit.
///
/// It knows neither a screen nor a pace, and carries out no commands: to see a moment, take a ``Walk`` to it.
///
/// Owner: the training queue.
final class Timeline {
  let experiment: Experiment
  let state: ModelState
  let names: ModelNames
  let switches: TrainingSwitches
  let changes: ChangeMaker
  /// What a recording has of the past, for a run that is replayed or resumed.
  let recorded: RecordedPast?
  /// How much of the run can be computed again.
  let recomputability: Recomputability
  /// Records the walks into the past.
  let recorder: TapeRecorder
  /// Runs the walks into the past.
  let loop: TrainingLoop
  /// How much a walk may compute to reach one moment; nil where somebody sees how far it is, and can stop it.
  var bound: RecomputeBound?

  private(set) var history: History
  private(set) var changeLog = ChangeLog()
  private(set) var reproduction = Reproduction()
  private var problems: [String] = []
  private let describeDifference: (_ step: Int, _ isFirst: Bool) -> String?

  /// The timeline of an experiment: of a new run, or of a recorded one.
  init(
    _ experiment: Experiment, recorded: RecordedPast? = nil, recomputability: Recomputability = .all,
    switches: TrainingSwitches = TrainingSwitches(), limits: HistoryLimits,
    describeDifference: @escaping (_ step: Int, _ isFirst: Bool) -> String? = Timeline.unreproduced
  ) {
    self.describeDifference = describeDifference
    self.experiment = experiment
    self.recorded = recorded
    self.recomputability = recomputability
    self.switches = switches
    state = ModelState(
      model: experiment.model, optimizer: experiment.optimizer, schedule: experiment.schedule,
      switches: switches)
    names = ModelNames(experiment)
    changes = ChangeMaker(experiment, switches: switches)
    recorder = TapeRecorder(state)
    var recordedBatch: ((Int) throws -> Batch)?
    if case .keyframes = recomputability, let recorded { recordedBatch = { try recorded.batch(of: $0) } }
    loop = TrainingLoop(
      experiment, hooks: recorder, switches: switches, recordedBatch: recordedBatch, now: { 0 })
    loop.resume(afterEpoch: .max, seconds: 0)
    if let recorded, let first = recorded.first {
      history = History(
        state, first: first, newest: recorded.archive.lastStep, byteBudget: limits.byteBudget,
        onKeyframe: limits.onKeyframe)
    } else {
      history = History(state, byteBudget: limits.byteBudget, onKeyframe: limits.onKeyframe)
    }
    readRecordedChanges()
  }

  /// What came of computing steps again.
  struct Reproduction {
    /// How many steps began on the way, and how many of their states agreed with recorded hashes.
    var steps = 0
    var hashes = 0
    /// The first step that was not reproduced bit for bit; nil while there is none.
    var firstDifference: Int?
    /// Whether everything since the last keyframe was reproduced.
    var isFaithful = true
  }

  /// The first moment that can be computed.
  var first: Position { .start(of: recorded?.first?.step ?? 1) }

  /// Whether a step can be computed again.
  func canRecompute(_ step: Int) -> Bool {
    switch recomputability {
    case .all: step >= first.step
    case .keyframes: recorded?.has(step) ?? false
    case .nothing: false
    }
  }

  /// What went wrong since the last call, as sentences.
  func takeProblems() -> [String] {
    defer { problems.removeAll() }
    return problems
  }

  // MARK: Steps

  /// Training begins a step for the first time; `always` makes a keyframe of it.
  func begin(_ start: StepStart, always: Bool, now: () -> Double) {
    history.begin(start, always: always, now: now)
  }

  /// A step of the past begins again, on the way to `cursor`; `keeps` makes keyframes that shorten the way back
  /// from there to a few steps.
  func revisit(_ start: StepStart, cursor: Int, keeps: Bool) throws {
    let agrees = recorded?.agrees(start, state)
    reproduction.steps += 1
    if agrees == true { reproduction.hashes += 1 }
    if reproduction.isFaithful, agrees == false || !history.agrees(at: start.step) {
      noteDifference(at: start.step)
    }
    if !reproduction.isFaithful,
      let frame = recorded?.keyframe(atOrBefore: start.step, after: start.step - 1)
    {
      try state.restore(frame)
      reproduction.isFaithful = true
    }
    let distance = max(0, cursor - start.step)
    if keeps, reproduction.isFaithful, distance & (distance - 1) == 0 {
      history.revisit(start, cursor: cursor)
    }
  }

  /// Restores the keyframe at or before a step.
  func restore(before step: Int) throws -> StepStart {
    reproduction.isFaithful = true
    var fetched = fetchKeyframe(before: step)
    while true {
      let keyframe = fetched ?? history.keyframes.nearest(to: step)
      try state.restore(keyframe)
      changeLog.rewind(to: keyframe.step)
      if state.hash == keyframe.hash { return keyframe.start }
      let isRecorded = recorded?.has(keyframe.step) ?? false
      problems.append(
        isRecorded
          ? localized(
            "step \(keyframe.step) was not reproduced bit for bit: its recorded keyframe was changed")
          : localized(
            "step \(keyframe.step) was not reproduced bit for bit: its keyframe in memory was changed"))
      history.discard(keyframe)
      recorded?.reject(keyframe.step)
      fetched = fetchKeyframe(before: step)
      guard history.keyframes.has(keyframe.step) else { continue }
      reproduction.isFaithful = false
      return keyframe.start
    }
  }

  /// Loads the last recorded keyframe before a step.
  @discardableResult
  func fetchKeyframe(before step: Int) -> Keyframe? {
    guard let recorded else { return nil }
    let known = history.keyframes.nearest(to: step).step
    let frame = recorded.keyframe(atOrBefore: step, after: known)
    if let frame { history.insert(frame, cursor: step) }
    problems += recorded.takeProblems()
    return frame
  }

  /// A step was not reproduced bit for bit.
  func noteDifference(at step: Int) {
    reproduction.isFaithful = false
    let isFirst = reproduction.firstDifference == nil
    if isFirst { reproduction.firstDifference = step }
    if let sentence = describeDifference(step, isFirst) { problems.append(sentence) }
  }

  /// The warning about a step of a live run that was not reproduced.
  static func unreproduced(_ step: Int, isFirst: Bool) -> String? {
    localized(
      """
      step \(step) was not reproduced bit for bit: something in the model or the data is not a function of the seed and \
      the step
      """)
  }

  /// Computes something in the past, and then restores the state at the head, to the bit.
  ///
  /// If `body` throws, the run ends or begins again elsewhere, and nothing is restored.
  func lookBack<Result>(from head: Position, _ body: () throws -> Result) throws -> Result {
    let start = StepStart(step: head.step, epochLoss: 0)
    let saved = state.capture(start, hash: 0, inStep: true)
    let (versions, wasFaithful) = (state.versions, reproduction.isFaithful)
    let result = try body()
    try state.putBack(saved)
    state.versions = versions
    reproduction.isFaithful = wasFaithful
    changeLog.resume(after: head)
    return result
  }

  // MARK: Changes

  /// Changes something at the head.
  func make(_ change: Change, at position: Position, _ recorder: TapeRecorder) throws {
    try changes.make(change, willSet: recorder.willSet)
    changeLog.add(change, at: position)
  }

  /// Why another moment is shown than the one that was asked for, as a sentence; nil where it is the same.
  func obstacle(to command: Command) -> String? {
    guard case .goTo(let wanted) = command, wanted.step < first.step else { return nil }
    return localized(
      "The recording begins at step \(first.step), so there is no step \(wanted.step) to show.")
  }

  /// Repeats the changes that were made at the moment that the run has reached.
  func repeatChanges(at position: Position, _ recorder: TapeRecorder) throws {
    guard let next = changeLog.next, position >= next else { return }
    for change in changeLog.take(at: position) { try changes.make(change, willSet: recorder.willSet) }
  }

  /// Drops everything after a moment, where a new future begins.
  func fork(at position: Position) {
    history.forget(after: position.step)
    recorded?.forget(after: position.step)
    changeLog.removeAll(after: position)
    reproduction.isFaithful = true
  }

  /// Drops what was computed after a step.
  func forgetComputed(after step: Int) { history.forget(after: step) }

  /// Takes the changes from the recording.
  private func readRecordedChanges() {
    guard let recorded else { return }
    do {
      var log = ChangeLog()
      for entry in try recorded.changes() { log.add(entry.change, at: entry.position) }
      log.rewind(to: 0)
      changeLog = log
    } catch {
      problems.append("\(error)")
    }
  }

  /// Takes new changes from a recording that grows; changes at the moment that the run has reached are
  /// made here too.
  func readRecordedChanges(at position: Position) {
    let known = changeLog.entries.count
    readRecordedChanges()
    do {
      for change in changeLog.take(at: position).dropFirst(known) { try changes.make(change) }
    } catch {
      problems.append("\(error)")
    }
  }
}
