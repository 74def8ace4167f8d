import Autograd
import Datasets
import NN
import Trace

/// Tells a recorder what happens in a run: it collects, and hands over a few times a second.
///
/// Iterations that are met again are not told again. Without a log a run pays nothing.
///
/// Owner: the training queue.
final class RunLog {
  /// Seconds from one handing over to the next; what a killed process loses at most.
  private static let handoverSeconds = 0.25
  /// Seconds from one set of pictures to the next.
  private static let pictureSeconds = 0.5
  /// Iterations from one hash to the next, as the history in memory takes them.
  private static let hashInterval = 8
  /// Graphs kept to be known again; a run has one or two.
  private static let graphLimit = 32

  private let recorder: any RunRecorder
  private let experiment: Experiment
  private let state: ModelState
  private let names: ModelNames
  private let layout: StateLayout
  private let now: () -> Double
  private let onStatus: (RecordingStatus) -> Void

  private var clock: RunClock
  private var pending: [RunRecord] = []
  private var lastHandover = -Double.infinity
  private var lastPictures = -Double.infinity

  /// The norms of this iteration's gradients.
  private var gradientNorms: [Float] = []
  /// The last iteration that was begun, and the last whose numbers were told.
  private var begun: Int
  private var finished: Int
  /// What taking keyframes may take of the training thread's time.
  private static let keyframeTimeShare = 0.015

  /// The start of the iteration whose keyframe waits for its batch, and whether this iteration has one.
  private var awaited: (start: IterationStart, hash: UInt64)?
  /// **Units**: seconds that the training thread takes for a keyframe.
  private var keyframeCost: Double?
  private var hasKeyframe = false
  /// Whether the state is still to be told once before a recorder is asked for its wishes.
  private var needsKeyframe: Bool
  private var graphs: [UInt64: ComputationGraph] = [:]
  private var graph: UInt64?

  /// A log of a run into a recorder.
  ///
  /// - Parameters:
  ///   - recorder: who takes the records.
  ///   - origin: what the run is made from; nil where the recorder has that already.
  ///   - experiment: what is trained.
  ///   - state: all that training changes in it.
  ///   - resumed: as far as the recorder has the run already; nil for a recording from here on.
  ///   - now: seconds from any fixed point.
  ///   - onStatus: told how the recording is doing, where the recorder can say.
  init(
    _ recorder: any RunRecorder, origin: RunOrigin?, of experiment: Experiment, state: ModelState,
    resumed: IterationScalars? = nil, now: @escaping () -> Double,
    onStatus: @escaping (RecordingStatus) -> Void = { _ in }
  ) {
    self.recorder = recorder
    self.experiment = experiment
    self.state = state
    names = ModelNames(experiment.model)
    layout = StateLayout(experiment)
    self.now = now
    self.onStatus = onStatus
    clock = RunClock(elapsed: resumed?.seconds ?? 0, now: now())
    begun = resumed?.iteration ?? 0
    finished = begun
    needsKeyframe = resumed == nil
    if let origin { pending.append(.origin(origin)) }
  }

  /// An iteration begins; `hash` is that of its start where it is known already.
  func begin(_ start: IterationStart, hash known: UInt64?) {
    guard start.iteration > begun else { return }
    begun = start.iteration
    let seconds = clock.seconds(at: now())
    let isWanted = recorder.wantsKeyframe(
      at: begun, seconds: seconds, apart: (keyframeCost ?? 0) / RunLog.keyframeTimeShare)
    hasKeyframe = needsKeyframe || isWanted
    guard hasKeyframe || (begun - 1).isMultiple(of: RunLog.hashInterval) else { return }
    let hash = known ?? state.hash
    pending.append(.hash(iteration: begun, hash))
    guard hasKeyframe else { return }
    needsKeyframe = false
    awaited = (start, hash)
  }

  /// The iteration's batch is there.
  func load(_ batch: Batch) {
    guard let awaited else { return }
    self.awaited = nil
    let began = now()
    let frame = state.view(awaited.start, hash: awaited.hash)
    pending.append(.keyframe(StateSnapshot(frame, layout, batch: batch)))
    // One that was held up by other work does not stand for the next.
    keyframeCost = keyframeCost.map { min(now() - began, $0 * 1.25 + 1e-6) } ?? now() - began
  }

  /// Backward is done: the gradients are measured now, while the processor has them at hand.
  func measureGradients(of iteration: Int) {
    guard iteration == begun, iteration > finished else { return }
    gradientNorms = layout.parameters.map { parameter in
      parameter.tensor.grad.map { Float($0.sumOfSquares.squareRoot()) } ?? .nan
    }
  }

  /// An iteration is done; `tape` has its nodes where they were watched.
  func finish(_ iteration: Int, loss: Double, output: Tensor, targets: Tensor, tape: Tape?) {
    guard iteration == begun, iteration > finished else { return }
    finished = iteration
    let time = now()
    let seconds = clock.seconds(at: time)
    if let tape { note(tape) }
    pending.append(
      .scalars(
        IterationScalars(
          iteration: iteration, loss: Float(loss),
          accuracy: BatchAccuracy.share(of: output, labels: targets),
          learningRate: Float(experiment.optimizer.learningRate),
          gradientNorms: gradientNorms, seconds: seconds)))
    if hasKeyframe || seconds - lastPictures >= RunLog.pictureSeconds {
      lastPictures = seconds
      let pictures = ThumbnailReading(names: names).thumbnails(of: tape)
      pending.append(.thumbnails(iteration: iteration, pictures))
    }
    if time - lastHandover >= RunLog.handoverSeconds { handOver() }
  }

  /// Whether the nodes of the next iteration are needed, for its graph and its pictures.
  func wantsNodes(of iteration: Int) -> Bool {
    iteration > begun && (graph == nil || clock.seconds(at: now()) - lastPictures >= RunLog.pictureSeconds)
  }

  /// Takes what an update tells of a run.
  func take(_ update: RunUpdate) {
    for event in update.events { pending.append(.event(event)) }
    let position = update.moment?.position ?? Position(iteration: max(1, begun), phase: .batch, node: 0)
    for warning in update.warnings { pending.append(.event(RunEvent(.warning, at: position, warning))) }
    for epoch in update.epochs { pending.append(.epoch(epoch)) }
    if !update.events.isEmpty || !update.epochs.isEmpty { handOver() }
  }

  /// Takes what happened.
  func take(_ event: RunEvent) { pending.append(.event(event)) }

  /// Leaves out what has begun already: a recording begins at the start of an iteration.
  func skip(through iteration: Int) { (begun, finished) = (iteration, iteration) }

  /// Another future begins at a moment.
  func fork(at position: Position) {
    pending.append(.fork(position))
    begun = min(begun, position.iteration)
    finished = min(finished, position.iteration - 1)
    hasKeyframe = false
  }

  /// The run stands: its time stands too, and all that was collected is handed over.
  func pause() {
    clock.stop(at: now())
    handOver()
  }

  /// The run goes on.
  func resume() { clock.start(at: now()) }

  /// The run has come to its end.
  func end() {
    pending.append(.finished)
    handOver()
  }

  /// Hands over what has come together.
  func handOver() {
    lastHandover = now()
    if !pending.isEmpty {
      recorder.record(pending)
      pending.removeAll(keepingCapacity: true)
    }
    if let status = (recorder as? any ReportingRecorder)?.status { onStatus(status) }
  }

  /// Tells the graph where it is another than before.
  private func note(_ tape: Tape) {
    let fingerprint = tape.fingerprint
    guard fingerprint != graph else { return }
    graph = fingerprint
    let known = graphs[fingerprint] ?? TapeReading(tape, names: names).graph
    if graphs.count < RunLog.graphLimit { graphs[fingerprint] = known }
    pending.append(.graph(iteration: tape.iteration, known))
  }
}

/// A recorder that can say how it is doing.
public protocol ReportingRecorder: RunRecorder {
  /// Its state now. Read on the training queue, a few times a second.
  var status: RecordingStatus { get }
}
