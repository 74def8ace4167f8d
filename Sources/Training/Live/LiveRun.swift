import Autograd
import Datasets
import NN
import Trace

/// A run that trains: it records the tape, stops as the commands direct, and publishes moments for the screen.
///
/// The *head* is as far as training has run. While the user looks at the past, the run waits at its head; a change in the
/// past drops what came after it, and the run begins again there.
///
/// Owner: the training queue.
final class LiveRun {
  /// Who follows the run.
  enum Audience {
    case screen
    /// No one: nodes are watched only where a recording or a breakpoint needs them, and the run does not wait at its end.
    case nobody
  }

  /// Thrown to leave the head, since something was changed in the past.
  struct Fork: Error {
    let change: Change
    let future: Future
    let position: Position
  }

  let timeline: Timeline
  let deck: Deck
  let now: () -> Double
  let audience: Audience
  let plan: RecordingPlan
  let recorder: TapeRecorder
  let loop: TrainingLoop
  private(set) var errand: Errand
  private(set) var position = Position.start
  let pacer: Pacer
  private(set) var builder: MomentBuilder
  /// Whether training has reached its end.
  private(set) var isOver = false
  /// The last iteration whose loss was published.
  private(set) var lastFinished = 0
  /// Whether this iteration keeps what a moment needs.
  private(set) var keepsUpdates = false
  /// A change to make where a new future begins.
  private var pendingChange: Change?

  /// A run along a timeline.
  ///
  /// - Parameters:
  ///   - timeline: what is trained; of a run that is resumed, with its recording.
  ///   - deck: gives the commands.
  ///   - audience: whom it runs for.
  ///   - plan: how it may be recorded.
  ///   - isPaused: whether it is paused before its first node.
  ///   - pace: the most iterations a second; nil for no limit.
  ///   - now: seconds from any fixed point.
  init(
    _ timeline: Timeline, deck: Deck, audience: Audience, plan: RecordingPlan, isPaused: Bool, pace: Double?,
    now: @escaping () -> Double
  ) {
    self.timeline = timeline
    self.deck = deck
    self.audience = audience
    self.plan = plan
    self.now = now
    errand = isPaused ? .stepping(to: .nextNode) : .running
    pacer = Pacer(pace: pace, now: now())
    builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    recorder = TapeRecorder(timeline.state, names: timeline.names)
    loop = TrainingLoop(timeline.experiment, hooks: recorder, switches: timeline.switches, now: now)
    recorder.follower = self
  }

  var publisher: Publisher { deck.publisher }
  var experiment: Experiment { timeline.experiment }
  var log: RunLog? { publisher.log }
  var lastIteration: Int { experiment.epochs * experiment.trainData.iterationsPerEpoch }

  /// Runs to the end and pauses there; follows the commands back and forth until they quit.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  func run(report: (EpochResult) throws -> Void) throws {
    defer { log?.handOver() }
    var start = try begin()
    while true {
      do {
        try loop.run(from: start, report: report)
        if !isOver { log?.end() }
        isOver = true
        if audience == .nobody { return }
        while true { try pause() }
      } catch is Deck.Quit {
        return
      } catch let fork as Fork {
        start = try begin(fork)
      } catch {
        log?.take(RunEvent(.error, at: position, "\(error)"))
        throw error
      }
    }
  }

  /// Where the loop begins: at the first iteration, or, in a resumed run, at the last keyframe.
  private func begin() throws -> IterationStart {
    guard let archive = timeline.recorded?.archive else { return .first }
    lastFinished = archive.lastIteration
    if let graph = try archive.graph(at: archive.lastIteration) { builder.learn(graph) }
    return try timeline.restore(before: min(lastFinished + 1, lastIteration))
  }

  /// The moment of a change becomes the head; everything after it is dropped.
  private func begin(_ fork: Fork) throws -> IterationStart {
    let (old, place) = (position, fork.position)
    timeline.fork(at: place)
    log?.fork(at: place)
    lastFinished = min(lastFinished, place.iteration - 1)
    loop.forgetEpochs(after: place.iteration - 1)
    isOver = false
    (pendingChange, errand) = (fork.change, .seeking(to: .at(place)))
    publisher.fork(at: place, future: fork.future)
    let fate = fork.future == .ghost ? "stays as a ghost" : "is dropped"
    publisher.add(RunEvent(.fork, at: place, "the old future, to step \(old.iteration), \(fate)"))
    return try timeline.restore(before: place.iteration)
  }

  /// Whether an iteration is run again only to reach the point where the run continues.
  func isCatchingUp(_ iteration: Int) -> Bool {
    iteration <= lastFinished && iteration < lastIteration
  }

  // MARK: Pausing

  /// Waits at the node that ran last and carries out commands until the run is to continue.
  func pause(at hit: BreakpointHit? = nil) throws {
    errand = .paused
    deck.watch?.setTarget(nil)
    log?.pause()
    defer { log?.resume() }
    // The time that the user spent looking is not part of the iteration's time.
    defer { pacer.restart(at: now()) }
    if let change = pendingChange.take() { make(change) }
    var status: RunUpdate.Status? = isOver ? .finished : .paused
    while true {
      while let command = deck.next() {
        if let next = try next(after: command) {
          errand = next
          return
        }
        status = isOver ? .finished : .paused
      }
      publish(status: status, hit: hit)
      status = nil
      deck.wait()
      try collect()
    }
  }

  // MARK: Running

  /// Handles commands while the run is running: a pause lets a short iteration finish, a movement stops a running run.
  func interrupt() {
    guard pendingChange == nil else { return }
    if deck.takePause() {
      errand =
        errand.isPlaying && !deck.hasCommands
        ? .finishing(iteration: position.iteration, since: now()) : .stepping(to: .nextNode)
    } else if errand.isPlaying {
      errand = .stepping(to: .nextNode)
    }
  }

  /// Whether a pause has waited long enough for the end of the iteration.
  private var isPauseDue: Bool {
    if case .finishing(_, let since) = errand { now() - since > Pacer.slowIteration } else { false }
  }

  func collect() throws {
    for setting in try deck.collect(at: position, isPlaying: errand.isPlaying) { set(setting) }
  }
}

extension LiveRun: TapeFollower {
  func willBegin(_ start: IterationStart) throws -> Bool {
    let iteration = start.iteration
    pacer.begin(at: now())
    if iteration > timeline.history.newest {
      try keepPace()
      if audience == .nobody {
        if deck.hasRequests { try collect() }
      } else {
        timeline.begin(start, always: !errand.isPlaying, now: now)
      }
    } else {
      try catchUp(start)
    }
    guard try isWatched(iteration) else {
      if !isCatchingUp(iteration) { position = .start(of: iteration) }
      return false
    }
    if recorder.tape.iteration == 1, iteration == 2, builder.template == nil { builder.learn(recorder.tape) }
    deck.watch?.begin()
    keepsUpdates =
      publisher.demand.isWaiting || deck.hasRequests || !errand.isPlaying
      || pacer.secondsPerIteration != nil || isBeforeEvaluation(iteration)
      || iteration == targetIteration
    return true
  }

  private func catchUp(_ start: IterationStart) throws {
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    let target = min(lastFinished + 1, lastIteration)
    try timeline.revisit(start, cursor: target, keeps: true)
    publisher.post(
      RunUpdate.Progress(start: start.iteration, iteration: start.iteration, target: target), at: now())
  }

  func knownHash(at iteration: Int) -> UInt64? { timeline.history.hashes[iteration] }

  func didRecord(_ position: Position) throws {
    self.position = position
    try timeline.repeatChanges(at: position)
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    if let watch = deck.watch, watch.isActive, !errand.ignoresBreakpoints {
      let (hits, isTarget) = watch.check(NodeVisit(position: position, tape: recorder.tape))
      if isTarget || !hits.isEmpty { return try pause(at: hits) }
    }
    if errand.stops(at: position) || isPauseDue { return try pause() }
    if publisher.demand.isWaiting, pacer.isSlow(at: now()) { publishIfDue() }
  }

  /// The first backward begins, so the loss is known to be complete: breakpoints on it are hit at its last node.
  func willBegin(_ phase: Phase) throws {
    guard phase == .backward, let watch = deck.watch, watch.lossNodeCount == nil else { return }
    let hits = watch.learnLoss(NodeVisit(position: position, tape: recorder.tape))
    if !hits.isEmpty, !errand.ignoresBreakpoints { try pause(at: hits) }
  }

  /// Pauses at a node that hit breakpoints; without a screen the run ends there.
  private func pause(at hits: [BreakpointHit]) throws {
    let node = MomentBuilder.nodeName(of: recorder.tape, at: position, timeline.names)
    for hit in hits { publisher.add(RunEvent(.breakpoint, at: position, node: node, hit.sentence)) }
    if audience == .nobody {
      publish(status: nil, hit: hits.first)
      throw Deck.Quit()
    }
    try pause(at: hits.first)
  }

  func didFinish(_ iteration: Int, loss: Double) throws {
    if iteration > lastFinished {
      lastFinished = iteration
      publisher.add(
        RunUpdate.LossPoint(
          iteration: iteration, loss: Float(loss),
          accuracy: hasAccuracy(iteration) ? recorder.tape.accuracy : nil))
    }
    if let watch = deck.watch, watch.isActive {
      watch.finish(recorder.tape)
      if !watch.isChecked {
        publisher.warn(watch.unknownNames(in: TapeReading(recorder.tape, names: timeline.names).graph))
      }
    }
    if errand.stops(atEndOf: iteration) { return try pause() }
    guard publisher.demand.isWaiting, keepsUpdates else { return }
    // The time beyond that of an unwatched iteration is part of the moment's cost.
    publishIfDue(alsoCost: pacer.unwatchedSeconds.map { max(0, now() - pacer.began - $0) } ?? 0)
  }

  func didPass(_ iteration: Int, loss: Double, output: Tensor, targets: Tensor) {
    guard audience == .screen, iteration > lastFinished else { return }
    lastFinished = iteration
    position = .end(of: iteration)
    pacer.pass(at: now())
    let accuracy = hasAccuracy(iteration) ? BatchAccuracy.share(of: output, labels: targets) : nil
    publisher.add(
      RunUpdate.LossPoint(iteration: iteration, loss: Float(loss), accuracy: accuracy))
  }

  func checkForQuit() throws {
    if deck.hasRequests { try collect() }
    // After an unwatched iteration there is no moment to show here.
    if publisher.demand.awaitsChoice, errand.isPlaying, recorder.tape.iteration == position.iteration {
      publishIfDue()
    }
  }
}
