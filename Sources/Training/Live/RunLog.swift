import Autograd
import Datasets
import NN
import Trace

/// Passes on to a recorder what happens in a run: it collects records and hands them over a few times a second.
///
/// Steps that are computed again are not recorded again. Without a log a run pays nothing.
///
/// Owner: the training queue.
final class RunLog {
  /// Seconds between two deliveries to the recorder; a killed process loses at most this much.
  private static let handoverSeconds = 0.25
  /// Seconds from one set of pictures to the next.
  private static let pictureSeconds = 0.5

  private let recorder: any RunRecorder
  private let names: ModelNames
  private let now: () -> Double
  private let onStatus: (RecordingStatus) -> Void

  private var clock: RunClock
  private var pending: [RunRecord] = []
  private var lastHandover = -Double.infinity
  private var lastPictures = -Double.infinity

  /// The last step that was begun, and the last whose numbers were recorded.
  private var begun: Int
  private var finished: Int
  private var scalars: ScalarLog
  private var keyframes: KeyframeLog
  private var graphs: GraphLog

  /// A log of a run into a recorder.
  ///
  /// - Parameters:
  ///   - recorder: who takes the records.
  ///   - origin: what the run is made from; nil where the recorder has that already.
  ///   - experiment: what is trained.
  ///   - state: all that training changes in it.
  ///   - resumed: as far as the recorder has the run already; nil for a recording from here on.
  ///   - now: seconds from any fixed point.
  ///   - onStatus: called with the recording's status, if the recorder can report it.
  init(
    _ recorder: any RunRecorder, origin: RunOrigin?, of experiment: Experiment, state: ModelState,
    resumed: StepScalars? = nil, now: @escaping () -> Double,
    onStatus: @escaping (RecordingStatus) -> Void = { _ in }
  ) {
    self.recorder = recorder
    names = ModelNames(experiment)
    scalars = ScalarLog(experiment, names)
    keyframes = KeyframeLog(state, StateLayout(experiment), isFirst: resumed == nil)
    graphs = GraphLog(names)
    self.now = now
    self.onStatus = onStatus
    clock = RunClock(elapsed: resumed?.seconds ?? 0, now: now())
    begun = resumed?.step ?? 0
    finished = begun
    if let origin { pending.append(.origin(origin)) }
  }

  /// A step begins; `hash` is that of its start where it is known already.
  func begin(_ start: StepStart, hash known: UInt64?) {
    guard start.step > begun else { return }
    begun = start.step
    let seconds = clock.seconds(at: now())
    let hash = keyframes.begin(start, hash: known) { minimumInterval in
      recorder.wantsKeyframe(at: begun, seconds: seconds, minimumInterval: minimumInterval)
    }
    if let hash { pending.append(.hash(step: begun, hash)) }
  }

  /// The step's batch has been loaded.
  func load(_ batch: Batch) {
    if let keyframe = keyframes.keyframe(with: batch, now: now) { pending.append(.keyframe(keyframe)) }
  }

  /// Backward is done.
  func measureGradients(of step: Int) {
    if step == begun, step > finished { scalars.measureGradients() }
  }

  /// A step is done; `tape` has its nodes where they were watched.
  func finish(_ step: Int, loss: Double, output: Tensor, targets: Tensor, tape: Tape?) {
    guard step == begun, step > finished else { return }
    finished = step
    let time = now()
    let seconds = clock.seconds(at: time)
    if let tape, let graph = graphs.changed(by: tape) { pending.append(.graph(step: step, graph)) }
    let numbers = scalars.numbers(of: step, loss: loss, output: output, targets: targets, seconds: seconds)
    pending.append(.scalars(numbers))
    if keyframes.hasKeyframe || seconds - lastPictures >= RunLog.pictureSeconds {
      lastPictures = seconds
      let pictures = ThumbnailReading(names: names).thumbnails(of: tape)
      pending.append(.thumbnails(step: step, pictures))
    }
    if time - lastHandover >= RunLog.handoverSeconds { handOver() }
  }

  /// Whether the nodes of the next step are needed, for its graph and its pictures.
  func wantsNodes(of step: Int) -> Bool {
    step > begun && (graphs.isEmpty || clock.seconds(at: now()) - lastPictures >= RunLog.pictureSeconds)
  }

  /// Records what an update says about a run.
  func take(_ update: RunUpdate) {
    for event in update.events { pending.append(.event(event)) }
    let position = update.moment?.position ?? Position(step: max(1, begun), phase: .batch, node: 0)
    for warning in update.warnings { pending.append(.event(RunEvent(.warning, at: position, warning))) }
    for epoch in update.epochs { pending.append(.epoch(epoch)) }
    if !update.events.isEmpty || !update.epochs.isEmpty { handOver() }
  }

  /// Takes what happened.
  func take(_ event: RunEvent) { pending.append(.event(event)) }

  /// Leaves out what has begun already: a recording begins at the start of a step.
  func skip(through step: Int) { (begun, finished) = (step, step) }

  /// A new future begins at a moment.
  func fork(at position: Position) {
    pending.append(.fork(position))
    begun = min(begun, position.step)
    finished = min(finished, position.step - 1)
    keyframes.fork()
  }

  /// The run is paused, and so is its time; all that was collected is handed over.
  func pause() {
    clock.stop(at: now())
    handOver()
  }

  /// The run continues.
  func resume() { clock.start(at: now()) }

  /// The run has reached its end with a step: the state after it is kept, so that what was trained can be had without the
  /// data.
  func end(with step: Int) {
    if step == finished, step > 0 { pending.append(.keyframe(keyframes.state(after: step))) }
    pending.append(.finished)
    handOver()
  }

  /// Hands over the collected records.
  func handOver() {
    lastHandover = now()
    if !pending.isEmpty {
      recorder.record(pending)
      pending.removeAll(keepingCapacity: true)
    }
    if let status = (recorder as? any ReportingRecorder)?.status { onStatus(status) }
  }
}

/// A recorder that can say how it is doing.
package protocol ReportingRecorder: RunRecorder {
  /// Its state now. Read on the training queue, a few times a second.
  var status: RecordingStatus { get }
}
