import Autograd
import Datasets
import Localization
import NN
import Trace

/// A run that trains: it records the tape, stops as the commands direct, and publishes moments for the screen.
///
/// The *head* is as far as training has run. While the user looks at the past, the run waits at its head; a change in the
/// past drops what came after it, and the run begins again there.
///
/// Owner: the training queue.
final class LiveRun {
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
  private(set) var outcome = Outcome.open
  /// The losses, and what is plotted.
  var numbers: PublishedNumbers
  /// Looks for faults.
  let diagnostician: Diagnostician
  /// Whether this step keeps what a moment needs.
  private(set) var keepsUpdates = false

  /// A run along a timeline.
  ///
  /// - Parameters:
  ///   - timeline: what is trained; of a run that is resumed, with its recording.
  ///   - deck: gives the commands.
  ///   - audience: whom it runs for.
  ///   - plan: how it may be recorded.
  ///   - isPaused: whether it is paused before its first node.
  ///   - pace: the most steps a second; nil for no limit.
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
    numbers = PublishedNumbers(timeline)
    let publisher = deck.publisher
    diagnostician = Diagnostician(timeline.experiment, timeline.names) { publisher.add($0) }
    builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    recorder = TapeRecorder(timeline.state)
    loop = TrainingLoop(timeline.experiment, hooks: recorder, switches: timeline.switches, now: now)
    loop.figures = FigureLog(timeline) { deck.needs.figures != nil }
    loop.tellCautions(to: deck.publisher.warn)
  }

  var publisher: Publisher { deck.publisher }
  var experiment: Experiment { timeline.experiment }
  var log: RunLog? { publisher.log }
  /// Collects figures of predictions while they are shown.
  var figures: FigureLog? { loop.figures }
  var lastStep: Int { loop.lastStep }

  /// Runs to the end and pauses there; follows the commands back and forth until they quit.
  ///
  /// An error in a step ends a run that nobody watches. On the screen the run is paused before the node that failed.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  func run(report: (EpochResult) throws -> Void) throws {
    recorder.setFollower(self)
    defer {
      recorder.setFollower(nil)
      log?.handOver()
    }
    var start = try begin()
    while true {
      do {
        do { try loop.run(from: start) { try diagnosed($0, report) } } catch let error
          where !(error is Deck.Quit || error is Fork)
        {
          start = try pauseAtFailure(error)
          continue
        }
        log?.end(with: loop.step)
        outcome = .finished
        if audience == .nobody { return }
        // It returns when there are more epochs to train.
        try pause()
        outcome = .open
        start = try loop.continuation()
      } catch is Deck.Quit {
        return
      } catch let fork as Fork {
        start = try begin(fork)
      }
    }
  }

  /// Pauses before the node that failed, so that its inputs and the past can be looked at.
  ///
  /// - Returns: where to begin again to see a step that was not watched.
  /// - Throws: the error itself where nobody watches; what a command throws that leaves the node.
  private func pauseAtFailure(_ error: any Error) throws -> StepStart {
    guard audience == .screen else {
      log?.take(RunEvent(.error, at: position, "\(error)"))
      diagnostician.fail(error, recorder.tape, at: position)
      throw error
    }
    let step = loop.step
    guard recorder.tape.step == step || outcome.repeats(step) else {
      (outcome, errand) = (.repeating(step: step), .seeking(to: .never, change: errand.change))
      return try timeline.restore(before: step)
    }
    recorder.noteFailure()
    // Nothing of the step has run where its batch could not be loaded.
    if recorder.tape.step == step, recorder.tape.batch == nil { position = .start(of: step) }
    outcome = .failed("\(error)")
    diagnostician.fail(error, recorder.tape, at: position)
    publisher.add(RunEvent(.error, at: position, "\(error)"))
    while true { try pause() }
  }

  /// Where the loop begins: at the first step, or, in a resumed run, at the last keyframe.
  private func begin() throws -> StepStart {
    guard let archive = timeline.recorded?.archive else { return .first }
    numbers.losses.resume(after: archive.lastStep)
    if let graph = try archive.graph(at: archive.lastStep) { builder.learn(graph) }
    let start = try timeline.restore(before: catchUpTarget)
    if audience == .nobody {
      let most = RecomputeBound.steps(of: archive)
      guard catchUpTarget - start.step <= most else {
        throw InspectionError.tooFarToResume(catchUpTarget, keyframe: start.step, most: most)
      }
    }
    return start
  }

  /// The moment of a change becomes the head; everything after it is dropped.
  private func begin(_ fork: Fork) throws -> StepStart {
    let (old, place) = (position, fork.position)
    timeline.fork(at: place)
    log?.fork(at: place)
    numbers.fork(from: place.step)
    diagnostician.forget(from: place)
    figures?.fork()
    loop.forgetEpochs(after: place.step - 1)
    let hadFailed = outcome.isFailure && place.step == old.step
    (outcome, errand) = (.open, .seeking(to: .at(place), change: fork.change))
    publisher.fork(at: place, future: fork.future)
    if !hadFailed {
      let text =
        fork.future == .ghost
        ? localized("training continues from here; the old run, to step \(old.step), is kept for comparison")
        : localized("training continues from here; the old run, to step \(old.step), is discarded")
      publisher.add(RunEvent(.fork, at: place, text))
    }
    return try timeline.restore(before: place.step)
  }

  /// Keeps the graph of a tape on which forward is complete.
  func learn(_ tape: Tape) { builder.learn(tape) }

  /// Whether a step is run again only to reach the point where the run continues.
  func isCatchingUp(_ step: Int) -> Bool {
    numbers.losses.has(step) && step < lastStep
  }

  /// The step up to which steps are run again only to reach the point where the run continues.
  var catchUpTarget: Int { min(numbers.losses.last + 1, lastStep) }

  // MARK: Pausing

  /// Waits at the node that ran last and carries out commands until the run is to continue.
  func pause(at hit: BreakpointHit? = nil) throws {
    let change = errand.change
    errand = .paused
    diagnostician.judgeLosses()
    deck.watch?.setTarget(nil)
    log?.pause()
    defer { log?.resume() }
    // The time that the user spent looking is not part of the step's time.
    defer { pacer.restart(at: now()) }
    if let change { make(change) }
    var status: RunUpdate.Status? = outcome.pausedStatus
    if try learnNetwork(status) { status = nil }
    while true {
      while let command = deck.next() {
        if let next = try next(after: command) {
          errand = next
          return
        }
        status = outcome.pausedStatus
      }
      if outcome == .finished, loop.step < lastStep {
        errand = play(.running)
        return
      }
      publish(status: status, hit: hit)
      status = nil
      deck.wait()
      try collect()
    }
  }

  // MARK: Running

  /// Handles commands while the run is running: a pause lets a short step finish, a movement stops a running run.
  func interrupt() {
    guard errand.change == nil else { return }
    if deck.takePause() {
      errand =
        errand.isPlaying && !deck.hasCommands
        ? .finishing(step: position.step, since: now()) : .stepping(to: .nextNode)
    } else if errand.isPlaying {
      errand = .stepping(to: .nextNode)
    }
  }

  func collect() throws {
    for setting in try deck.collect(at: position, isPlaying: errand.isPlaying) { set(setting) }
  }
}

/// What changes as steps run; the other calls of its recorder are in `LiveRun+Following.swift`.
extension LiveRun {
  func willBegin(_ start: StepStart) throws -> Bool {
    let step = start.step
    pacer.begin(at: now())
    if step > timeline.history.newest {
      try keepPace()
      if audience == .nobody {
        if deck.hasRequests { try collect() }
      } else {
        timeline.begin(start, always: !errand.isPlaying, now: now)
      }
    } else {
      try catchUp(start)
    }
    guard try isWatched(step) else {
      if !isCatchingUp(step) { position = .start(of: step) }
      return false
    }
    if recorder.tape.step == 1, step == 2, builder.template == nil { builder.learn(recorder.tape) }
    deck.watch?.begin()
    keepsUpdates =
      publisher.demand.isWaiting || deck.hasRequests || !errand.isPlaying
      || pacer.secondsPerStep != nil || isBeforeEvaluation(step)
      || step == targetStep
    return true
  }

  func didRecord(_ position: Position) throws {
    self.position = position
    try timeline.repeatChanges(at: position, recorder)
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    if let watch = deck.watch, watch.isActive, !errand.ignoresBreakpoints {
      let (hits, isTarget) = watch.check(NodeVisit(position: position, tape: recorder.tape))
      if isTarget || !hits.isEmpty { return try pause(at: hits) }
    }
    if errand.stops(at: position) || errand.isOverdue(at: now) { return try pause() }
    if publisher.demand.isWaiting, pacer.isSlow(at: now()) { publishIfDue() }
  }

  func didFinish(_ step: Int, loss: Double) throws {
    var found: [Finding] = []
    if !numbers.losses.has(step) {
      publisher.add(numbers.losses.add(step, loss: loss) { recorder.tape.share($0) })
      figures?.take(step, loss: loss, recorder.tape.output, recorder.tape.batch?.targets)
      plot(step, recorder.tape)
      found = diagnostician.finish(recorder.tape, loss: loss)
    }
    try learnBreakpoints()
    if !errand.ignoresBreakpoints,
      let hit = found.lazy.compactMap({ [deck] in deck.watch?.hit(by: $0) }).first
    {
      return try pause(at: [hit])
    }
    if errand.stops(atEndOf: step) { return try pause() }
    guard publisher.demand.isWaiting, keepsUpdates else { return }
    // The time beyond that of an unwatched step is part of the moment's cost.
    publishIfDue(alsoCost: pacer.unwatchedSeconds.map { max(0, now() - pacer.began - $0) } ?? 0)
  }

  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor) {
    guard !numbers.losses.has(step) else { return }
    diagnostician.pass(step, loss: loss, targets: targets)
    guard audience == .screen else { return }
    position = .end(of: step)
    pacer.pass(at: now())
    publisher.add(numbers.losses.add(step, loss: loss) { $0.share(of: output, labels: targets) })
    figures?.take(step, loss: loss, output, targets)
    plot(step, nil)
  }
}
