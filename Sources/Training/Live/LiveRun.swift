import Autograd
import Datasets
import NN
import Trace

/// A run that trains: it records the tape, stops where the commands say, and leaves moments for the screen.
///
/// The *head* is as far as training has run. While somebody looks at the past, the run waits at its head; a change in the
/// past drops what came after it, and the run begins again there.
///
/// Owner: the training queue.
final class LiveRun {
  /// Whom it runs for.
  enum Audience {
    case screen
    /// Nobody looks: nodes are watched only where a recording or a breakpoint needs them, and the run ends at its end.
    case nobody
  }

  /// Thrown to leave the head, since something was changed in the past.
  private struct Fork: Error {
    let change: Change
    let future: Future
    let position: Position
  }

  let timeline: Timeline
  let deck: Deck
  let now: () -> Double
  private let audience: Audience
  private let plan: RecordingPlan
  private let recorder: TapeRecorder
  let loop: TrainingLoop
  private(set) var errand: Errand
  private(set) var position = Position.start
  private var pacer: Pacer
  private var builder: MomentBuilder
  /// Whether training has come to its end.
  private var isOver = false
  /// The last iteration whose loss was told.
  private var lastFinished = 0
  /// Whether this iteration keeps what a moment needs.
  private var keepsUpdates = false
  /// A change to make where the way of a new future begins.
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
    deck.setPace = { [unowned self] in pacer.setPace($0, now: self.now()) }
    deck.record = { [unowned self] in record(to: $0) }
    deck.position = { [unowned self] in position }
  }

  private var publisher: Publisher { deck.publisher }
  private var experiment: Experiment { timeline.experiment }
  private var log: RunLog? { publisher.log }
  private var lastIteration: Int { experiment.epochs * experiment.trainData.iterationsPerEpoch }

  /// Runs to the end and pauses there; goes back and on wherever the commands say, until they say to quit.
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

  /// Where the loop begins: at the first iteration, or in a run that is resumed at the last keyframe.
  private func begin() throws -> IterationStart {
    guard let archive = timeline.recorded?.archive else { return .first }
    lastFinished = archive.lastIteration
    if let graph = try archive.graph(at: archive.lastIteration) { builder.learn(graph) }
    return try timeline.restore(before: min(lastFinished + 1, lastIteration))
  }

  /// The moment of a change becomes the head; what was after it is dropped.
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

  /// Whether an iteration is run again only to come to where the run goes on.
  private func isCatchingUp(_ iteration: Int) -> Bool {
    iteration <= lastFinished && iteration < lastIteration
  }

  // MARK: Pausing

  /// Waits at the node that ran last and does what is asked, until the run is to go on.
  private func pause(at hit: BreakpointHit? = nil) throws {
    errand = .paused
    deck.watch?.setTarget(nil)
    log?.pause()
    defer { log?.resume() }
    // How long the user looked is no part of what the iteration takes.
    defer { pacer.restart(at: now()) }
    if let change = pendingChange.take() { make(change) }
    var status: RunUpdate.Status? = isOver ? .finished : .paused
    while true {
      while let command = deck.next() {
        if try take(command) { return }
        status = isOver ? .finished : .paused
      }
      publish(status: status, hit: hit)
      publisher.demand.awaitsChoice = false
      status = nil
      deck.wait()
      try collect()
    }
  }

  /// Does what was asked at the head; true if the run goes on.
  private func take(_ command: Command) throws -> Bool {
    switch command {
    case .run:
      guard !isOver else { return false }
      return go(.running)
    case .stepNode, .stepPhase, .stepIteration:
      guard !isOver, let stop = Stop.ahead(command, from: position) else { return false }
      errand = .stepping(to: stop)
      return true
    case .stepNodeBack, .stepPhaseBack, .stepIterationBack:
      guard let stop = Stop.back(command, from: position, nodeCount: recorder.tape.count) else {
        return false
      }
      return try lookBack(.seek(stop))
    case .seek(let wanted), .goTo(let wanted):
      let target = max(wanted, timeline.first)
      if target < position { return try lookBack(.seek(.at(target))) }
      guard case .goTo = command, target > position, !isOver else { return false }
      return go(.advancing(to: target, from: position.iteration))
    case .runTo(let node):
      if let obstacle = obstacle(to: node) {
        publisher.warn(obstacle)
        return false
      }
      guard !isOver else { return false }
      deck.watch?.setTarget(node)
      return go(.runningTo(node: node))
    case .searchBack(let breakpoint):
      guard position > timeline.first else {
        publisher.add(RunEvent(.breakpoint, at: position, "there is nothing before the first moment"))
        return false
      }
      return try lookBack(.searchBack(breakpoint))
    case .findCause(let node, let view, let cell):
      let (search, obstacle) = CauseSearch.begin(
        node, view, cell: cell, on: recorder.tape, at: position, timeline)
      if let obstacle { publisher.warn(obstacle) }
      if let search, search.needsThePast { return try lookBack(.findCause(search)) }
      if let answer = search?.answer { publisher.add(answer, at: position) }
    case .change(let change, _): make(change)
    case .checkGradient(let parameter, let cell):
      publisher.checkGradient(of: parameter, at: cell, recorder.tape, position, timeline.names)
    case .seekHead, .pause, .focus, .pace, .quit, .breakpoints, .note, .mark, .record: break
    }
    return false
  }

  private func go(_ errand: Errand) -> Bool {
    self.errand = errand
    publisher.post(.running, progress: progress)
    return true
  }

  private func obstacle(to node: String) -> String? {
    guard builder.template != nil || position.phase == .update else { return nil }
    let graph = builder.template ?? TapeReading(recorder.tape, names: timeline.names).graph
    return deck.watch?.obstacle(to: node, in: graph)
  }

  /// Changes something at the head.
  private func make(_ change: Change) {
    do {
      let text = try timeline.changes.describe(change)
      try timeline.make(change, at: position)
      publisher.add(RunEvent(.change, at: position, text, change: change))
    } catch {
      publisher.warn("\(error)")
    }
  }

  /// Looks at the past until the commands lead back to the head; true if the run goes on from there.
  private func lookBack(_ way: Playback.Way) throws -> Bool {
    let head = position
    let playback = Playback(timeline, deck, of: self, from: head, now: now)
    deck.position = { playback.position }
    defer { deck.position = { [unowned self] in position } }
    let end = try timeline.lookBack(from: head) { try playback.run(way) }
    // What was watched in the past was another iteration.
    deck.watch?.begin()
    switch end {
    case .change(let change, let future, let position):
      throw Fork(change: change, future: future, position: position)
    case .head(let command?): return try take(command)
    case .head, .obstacle, .owner: return false
    }
  }

  // MARK: Running

  /// What was asked while the run goes on: a pause lets a short iteration end, a movement stops a run that plays.
  private func interrupt() {
    guard pendingChange == nil else { return }
    if deck.takePause() {
      errand =
        errand.isPlaying && !deck.hasCommands
        ? .finishing(iteration: position.iteration, since: now()) : .stepping(to: .nextNode)
    } else if errand.isPlaying {
      errand = .stepping(to: .nextNode)
    }
  }

  /// Whether a pause has waited for the end of an iteration as long as anyone would.
  private var isPauseDue: Bool {
    if case .finishing(_, let since) = errand { now() - since > Pacer.slowIteration } else { false }
  }

  private func collect() throws { try deck.collect(isPlaying: errand.isPlaying) }

  /// Waits until the pace lets the next iteration begin, doing what is asked meanwhile.
  private func keepPace() throws {
    // Who goes to a step wants to be there.
    guard pacer.secondsPerIteration != nil, errand.isPlaying, !isAdvancing else { return }
    while errand.isPlaying, !deck.hasCommands, let rest = pacer.rest(at: now()), rest > 0 {
      if publisher.demand.isWaiting { publishIfDue() }
      deck.wait(seconds: rest)
      if deck.hasRequests { try collect() }
    }
    // Whoever stops a run that waits wants to see the iteration that is done, not the first node of the next.
    if deck.hasCommands, recorder.tape.iteration > 0, recorder.tape.iteration == position.iteration {
      interrupt()
      try pause()
    }
    pacer.advance(at: now())
    pacer.restart(at: now())
  }

  private var isAdvancing: Bool { if case .advancing = errand { true } else { false } }

  /// How far the run has come on its way to a step that has not been.
  private var progress: RunUpdate.Journey? {
    guard case .advancing(let target, let start) = errand else { return nil }
    return RunUpdate.Journey(start: start, iteration: position.iteration, target: target.iteration)
  }

  /// Publishes the moment that the screen waits for, unless moments would take too much of the time; `alsoCost` are
  /// seconds that it has taken already.
  private func publishIfDue(alsoCost: Double = 0) {
    let start = now()
    guard publisher.demand.awaitsChoice || publisher.demand.isAffordable(at: start) else { return }
    publish(status: nil)
    publisher.demand.satisfy(from: start, to: now(), alsoCost: alsoCost)
  }

  private func publish(status: RunUpdate.Status?, hit: BreakpointHit? = nil) {
    var moment = moment(at: position, of: recorder.tape, isPlaying: errand.isPlaying)
    (moment.head, moment.hit) = (position, hit)
    publisher.warn(timeline.takeProblems())
    publisher.publish(moment, status: status, progress: progress)
  }

  // MARK: Recording

  /// Records from the next iteration on, as far as `resumed` says the recorder has the run already.
  func record(into recorder: any RunRecorder, origin: RunOrigin?, resumed: IterationScalars? = nil) {
    publisher.log = RunLog(
      recorder, origin: origin, of: experiment, state: timeline.state, resumed: resumed, now: now,
      onStatus: { [publisher] status in
        var update = RunUpdate()
        update.recording = status
        publisher.post(update)
      })
    loop.log = log
  }

  /// Records into a file that the user named; what prevents it is told.
  private func record(to path: String) {
    do {
      guard log == nil else { throw RecordingRefusal.recordsAlready }
      guard let open = plan.open else { throw RecordingRefusal.noFiles }
      let origin = try plan.origin(of: experiment)
      record(into: try open(path), origin: origin)
      if position != .start { log?.skip(through: position.iteration) }
      log?.handOver()
    } catch {
      var update = RunUpdate()
      update.warnings = ["\(error)"]
      publisher.post(update)
    }
  }
}

// MARK: -

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
    guard try isWatched(iteration) else { return false }
    if recorder.tape.iteration == 1, iteration == 2, builder.template == nil { builder.learn(recorder.tape) }
    deck.watch?.begin()
    keepsUpdates =
      publisher.demand.isWaiting || deck.hasRequests || !errand.isPlaying
      || pacer.secondsPerIteration != nil || isBeforeEvaluation(iteration)
      || iteration == targetIteration
    return true
  }

  private var targetIteration: Int? {
    if case .advancing(let target, _) = errand { target.iteration } else { nil }
  }

  private func catchUp(_ start: IterationStart) throws {
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    let target = min(lastFinished + 1, lastIteration)
    try timeline.revisit(start, cursor: target, keeps: true)
    publisher.post(
      RunUpdate.Journey(start: start.iteration, iteration: start.iteration, target: target), at: now())
  }

  /// Whether the nodes of an iteration are looked at one by one: only where somebody may want to see one.
  private func isWatched(_ iteration: Int) throws -> Bool {
    // An iteration in which something was changed is watched too, since the change has its node.
    if timeline.changeLog.next?.iteration == iteration { return true }
    guard !isCatchingUp(iteration) else { return false }
    if deck.watch?.isActive == true || log?.wantsNodes(of: iteration) == true { return true }
    return try audience == .screen && !runsUnwatched(iteration)
  }

  /// Whether nobody waits for a moment of an iteration or for a stop in it. What is asked from now on waits for
  /// the next one, so it has to be short.
  private func runsUnwatched(_ iteration: Int) throws -> Bool {
    guard errand.isPlaying, pacer.secondsPerIteration == nil, iteration > 2,
      iteration < targetIteration ?? lastIteration, !isBeforeEvaluation(iteration), pacer.isFast
    else { return false }
    if deck.hasRequests { try collect() }
    let demand = publisher.demand
    guard !deck.hasCommands, !demand.awaitsChoice, deck.watch?.isActive != true,
      pacer.secondsPerIteration == nil, log?.wantsNodes(of: iteration) != true,
      !(demand.wantsMoment && demand.isAffordable(at: pacer.began))
    else { return false }
    position = .start(of: iteration)
    return true
  }

  /// Whether an epoch ends with an iteration: it is what can be shown while the epoch is evaluated.
  private func isBeforeEvaluation(_ iteration: Int) -> Bool {
    iteration.isMultiple(of: experiment.trainData.iterationsPerEpoch)
  }

  func knownHash(at iteration: Int) -> UInt64? { timeline.history.hashes[iteration] }

  func didRecord(_ position: Position) throws {
    self.position = position
    try timeline.repeatChanges(at: position)
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    if let watch = deck.watch, watch.isActive, !errand.ignoresBreakpoints {
      let (hits, isTarget) = watch.meet(Arrival(position: position, tape: recorder.tape))
      if isTarget || !hits.isEmpty { return try pause(at: hits) }
    }
    if errand.stops(at: position) || isPauseDue { return try pause() }
    if publisher.demand.isWaiting, pacer.isSlow(at: now()) { publishIfDue() }
  }

  /// The first backward begins, so that the loss is known to be done: what waited for it is hit where it was.
  func willBegin(_ phase: Phase) throws {
    guard phase == .backward, let watch = deck.watch, watch.lossNodeCount == nil else { return }
    let hits = watch.learnLoss(Arrival(position: position, tape: recorder.tape))
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
      publisher.losses.add(
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
    // What the iteration took longer than an unwatched one is the moment's cost too.
    publishIfDue(alsoCost: pacer.unwatchedSeconds.map { max(0, now() - pacer.began - $0) } ?? 0)
  }

  func didPass(_ iteration: Int, loss: Double, output: Tensor, targets: Tensor) {
    guard audience == .screen, iteration > lastFinished else { return }
    lastFinished = iteration
    position = .end(of: iteration)
    pacer.pass(at: now())
    let accuracy = hasAccuracy(iteration) ? BatchAccuracy.share(of: output, labels: targets) : nil
    publisher.losses.add(
      RunUpdate.LossPoint(iteration: iteration, loss: Float(loss), accuracy: accuracy))
  }

  /// Whether an iteration tells its batch's accuracy: often enough for a curve, seldom enough to cost nothing.
  private func hasAccuracy(_ iteration: Int) -> Bool { iteration <= 1_024 || iteration.isMultiple(of: 8) }

  func checkForQuit() throws {
    if deck.hasRequests { try collect() }
    // After unwatched iterations there is no moment to show here.
    if publisher.demand.awaitsChoice, errand.isPlaying, recorder.tape.iteration == position.iteration {
      publishIfDue()
    }
  }

  /// The formula of a parameter's update may be asked for: where the run may stop next, any; else only that of the node
  /// looked at, which is the first parameter if none was chosen.
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail {
    guard keepsUpdates || !errand.isPlaying else { return .event }
    guard errand.isFree, pacer.secondsPerIteration == nil, deck.watch?.isActive != true,
      !isBeforeEvaluation(recorder.tape.iteration)
    else { return .memory }
    let parameters = timeline.names.parameters
    if parameters[ObjectIdentifier(parameter)] == deck.focus.node { return .memory }
    let first = recorder.tape.forward.lazy.flatMap(\.inputs).first { parameters[ObjectIdentifier($0)] != nil }
    return first === parameter ? .memory : .values
  }
}

extension LiveRun: PlaybackOwner {
  func moment(at position: Position, of tape: Tape, isPlaying: Bool) -> Moment {
    builder.moment(of: tape, at: position, focus: deck.focus, isPlaying: isPlaying)
  }

  var template: ComputationGraph? { builder.template }
  var head: Position { position }
  func pausedStatus(at position: Position) -> RunUpdate.Status { .paused }
  var changeObstacle: String? { nil }
  var last: Int? { nil }
  func willPlay(_ iteration: Int) throws -> Stop? { nil }
  func didPlay(_ position: Position, _ tape: Tape) throws {}
  func didReachEnd(at position: Position, isPlaying: Bool) throws -> Playback.Way? { nil }

  func waitForCommands() throws -> Playback.Way? {
    deck.wait()
    return nil
  }
}

extension BreakpointHit {
  /// The hit as a sentence without its stop: `breakpoint 2, loss > 10: loss is 11.3`.
  var sentence: String { "breakpoint \(breakpoint), \(text)" + (measured.map { ": \($0)" } ?? "") }
}

/// Why a run is not recorded when the user asks for it.
enum RecordingRefusal: Error, CustomStringConvertible {
  case recordsAlready
  case isReplay
  case noFiles

  var description: String {
    switch self {
    case .recordsAlready: "This run is being recorded already; a run has one recording at a time."
    case .isReplay:
      "This is a recording already; to add to it, resume its run with `tapedeck train --resume FILE`."
    case .noFiles: "This program was not given a place for recordings; `tapedeck train` has one."
    }
  }
}
