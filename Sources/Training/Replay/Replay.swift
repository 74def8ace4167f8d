import Localization
import Trace

/// A recording that is shown: played in the time in which it was recorded, paused, gone through, or followed while
/// another process writes it.
///
/// What can be computed again is, along a timeline; of other steps it shows what was recorded. Where nothing can be
/// computed it needs no experiment at all.
///
/// Owner: the training queue.
final class Replay {
  /// The message to a user who wants to change something.
  static func isReadOnly(_ archive: any RunArchive) -> String {
    archive.origin.description.isScript
      ? localized("A recording of a script can only be looked at; nothing in it can be changed.")
      : localized(
        """
        A recording cannot be changed; `tapedeck train --resume FILE` resumes its run, if its data and model are \
        available.
        """)
  }

  /// Steps that may be computed to follow a recording that grows.
  private static let nearSteps = 256

  /// Where it goes next.
  private enum Way {
    case show(Stop)
    case play(from: Int)
  }

  private let run: RecordedRun
  private let tail: RecordingTail
  private let deck: Deck
  private let now: () -> Double
  private let start: Int
  private var builder: MomentBuilder?
  private var pacer: ReplayPacer
  private var position = Position.start
  /// Whether it plays until a command stops it.
  private var isPlaying: Bool
  /// Whether the end of a watched recording is followed.
  private var isFollowing: Bool
  /// A step that could be computed but is shown as recorded, since the way to it is long.
  private var shownAsRecorded: Int?
  /// Where it leads once the playback has ended.
  private var next: Way?

  /// A replay of a run as a plan says.
  init(_ plan: ReplayPlan, _ run: RecordedRun, deck: Deck, isPaused: Bool, now: @escaping () -> Double) {
    self.run = run
    self.deck = deck
    self.now = now
    isPlaying = !isPaused
    tail = RecordingTail(plan)
    isFollowing = plan.isWatching && plan.start == nil
    var first = 1
    if let timeline = run.timeline, !run.isRecordedOnly { first = timeline.first.step }
    start = min(max(plan.start ?? (isFollowing ? tail.last : first), first), max(first, tail.last))
    pacer = ReplayPacer(speed: plan.speed)
    if let timeline = run.timeline {
      builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    }
  }

  private var publisher: Publisher { deck.publisher }
  private var first: Position { run.isRecordedOnly ? .start : run.timeline?.first ?? .start }

  /// What the screen is to know first.
  func begin() -> RunUpdate {
    var update = tail.news()
    update.description = tail.description
    update.capabilities = run.capabilities
    return update
  }

  /// Shows the recording until it is told to quit.
  ///
  /// - Throws: the error of the operator that failed.
  func show() throws {
    if let graph = try tail.archive.graph(at: start) { builder?.learn(graph) }
    do {
      var way: Way = isPlaying ? .play(from: start) : .show(.at(.start(of: start)))
      while true { way = try go(way) }
    } catch is Deck.Quit {}
  }

  private func go(_ way: Way) throws -> Way {
    switch way {
    case .show(let stop):
      let step = min(max(stop.step ?? position.step, first.step), tail.last)
      guard canRecompute(step) else { return try pauseAtRecorded(step, stop) }
      isPlaying = false
      return try playRecomputed(.seek(stop))
    case .play(let step):
      isPlaying = true
      let step = min(step, tail.last)
      return canRecompute(step) ? try playRecomputed(.play(from: step)) : try playRecorded(step)
    }
  }

  /// Whether a step is computed again, and not shown as recorded.
  private func canRecompute(_ step: Int) -> Bool { step != shownAsRecorded && run.canRecompute(step) }

  /// Shows what can be computed again; returns where to go beyond it.
  private func playRecomputed(_ way: Playback.Way) throws -> Way {
    guard let timeline = run.timeline else { return .show(.at(position)) }
    let playback = Playback(timeline, deck, of: self, from: position, now: now)
    let end = try playback.run(way)
    position = playback.position
    defer { next = nil }
    switch end {
    case .obstacle(let step):
      return playback.isPlaying ? .play(from: step) : .show(.endOf(step: step))
    case .head(.run?):
      isPlaying = true
      return try comeToEnd() ?? .show(.endOf(step: tail.last))
    case .head, .change, .owner: return next ?? .show(.endOf(step: tail.last))
    }
  }

  // MARK: Recorded moments

  /// Shows a step as recorded while the replay plays.
  private func playRecorded(_ step: Int) throws -> Way {
    position = .end(of: step)
    if isFollowing || step >= tail.last {
      if let way = try comeToEnd() { return way }
    } else {
      try keepTime(of: step)
      try collect()
      publishIfDue(recordedMoment(of: step))
      if isPlaying { return .play(from: shownStep(after: step)) }
    }
    // The user stopped to look at it.
    if shownAsRecorded == step {
      shownAsRecorded = nil
      return .show(.endOf(step: step))
    }
    return try pauseAtRecorded(step, .endOf(step: step))
  }

  private func recordedMoment(of step: Int) -> Moment {
    let reason =
      run.recomputability.reason
      ?? localized("Following the recording: press space to stop and compute this moment.")
    return RecordedMoments(tail.archive, focus: deck.focus)
      .moment(of: step, at: position.step == step ? position : nil, head: head, reason: reason)
  }

  /// Pauses at a step that is shown as recorded; inside it where it was recorded whole.
  private func pauseAtRecorded(_ step: Int, _ stop: Stop) throws -> Way {
    let whole = try? tail.archive.wholeStep(step)
    position = whole.map { $0.position(of: $0.visit(of: stop)) } ?? .end(of: step)
    if step == tail.last { tail.end(at: whole.map { $0.position(of: $0.visits.count - 1) } ?? position) }
    isPlaying = false
    var status: RunUpdate.Status? = pausedStatus(at: position)
    while true {
      while let command = deck.next() {
        if let whole, let visit = whole.destination(of: command, at: position) {
          position = whole.position(of: visit)
        } else if let way = try take(command) {
          return way
        }
        status = pausedStatus(at: position)
      }
      publisher.warn(run.takeProblems())
      publisher.publish(recordedMoment(of: step), status: status)
      status = nil
      if try waitForCommands() != nil { return next ?? .show(.at(position)) }
      try collectSettings()
    }
  }

  /// Does what was asked at a step that is shown as recorded; nil to stay there.
  private func take(_ command: Command) throws -> Way? {
    let isAtEnd = position >= head
    switch command {
    case .nextNode, .nextPhase:
      return isAtEnd ? nil : .show(.at(.start(of: position.step + 1)))
    case .nextStep:
      return isAtEnd ? nil : Stop.ahead(command, from: position).map { .show($0) }
    case .previousNode, .previousPhase, .previousStep:
      return Stop.back(command, from: position) { _ in 0 }.map { .show($0) }
    case .seek(let wanted), .goTo(let wanted):
      if let obstacle = run.timeline?.obstacle(to: command) { publisher.warn(obstacle) }
      let target = min(max(wanted, first), head)
      return target == position ? nil : .show(.at(target))
    case .seekHead: return isAtEnd ? nil : .show(.endOf(step: tail.last))
    case .run, .runTo:
      if case .runTo(let node) = command { deck.watch?.setTarget(node) }
      guard !isAtEnd || tail.isWatching else { return nil }
      beginPlaying()
      return isAtEnd ? try comeToEnd() : .play(from: position.step + 1)
    case .searchBack(let breakpoint):
      if run.timeline != nil, !run.isRecordedOnly, position > first {
        return try playRecomputed(.searchBack(breakpoint))
      }
      publisher.add(RunEvent(.breakpoint, at: position, localized("this is the first moment of the run")))
    case .findCause(let node, let view, _):
      publisher.warn(localized("\(node) has no \(view.word) at this moment, so there is nothing to explain."))
    case .checkGradient(let parameter, _): publisher.warn("\(ChangeError.noGradient(name: parameter))")
    case .change: publisher.warn(Replay.isReadOnly(tail.archive))
    case .pause, .focus, .pace, .quit, .breakpoints, .note, .mark, .record, .rank: break
    }
    return nil
  }

  // MARK: Playing

  private func beginPlaying() {
    pacer.unanchor()
    (isPlaying, isFollowing) = (true, false)
    publisher.post(.running)
  }

  private func collect() throws {
    if deck.hasRequests { try collectSettings() }
    guard deck.hasCommands else { return }
    _ = deck.takePause()
    isPlaying = false
  }

  private func collectSettings() throws {
    for setting in try deck.collect(at: position, isPlaying: isPlaying) { set(setting) }
  }

  /// Waits until a step is due, doing what is asked meanwhile.
  private func keepTime(of step: Int) throws {
    while isPlaying, case let rest = pacer.rest(before: step, now: now(), archive: tail.archive),
      rest > 0
    {
      if publisher.demand.isWaiting, shownAsRecorded != nil || !run.canRecompute(step) {
        publishIfDue(recordedMoment(of: position.step))
      }
      deck.wait(seconds: min(rest, 1))
      if deck.hasRequests { try collectSettings() }
      if deck.hasCommands { return }
    }
  }

  /// The step to show now, after one that was shown as recorded.
  private func shownStep(after shown: Int) -> Int {
    min(tail.last, max(shown + 1, pacer.step(now: now(), archive: tail.archive) ?? 0))
  }

  private func publishIfDue(_ make: @autoclosure () -> Moment) {
    publisher.publishIfDue(now: now) {
      publisher.warn(run.takeProblems())
      var moment = make()
      moment.head = head
      return moment
    }
  }

  /// The end of the recording is reached: waits for more where another process writes it; nil to pause there.
  private func comeToEnd() throws -> Way? {
    tail.end(at: position)
    while isPlaying, tail.isWatching {
      isFollowing = true
      if tail.refresh() { return follow() }
      if tail.isOver {
        if let sentence = tail.noteEnd() { publisher.warn(sentence) }
        break
      }
      if !run.canRecompute(position.step) { publishIfDue(recordedMoment(of: position.step)) }
      deck.wait(seconds: 0.25)
      try collect()
    }
    isPlaying = false
    return nil
  }

  /// Leads to the new end: by computing it where that is near, else by showing what was recorded of it.
  private func follow() -> Way {
    let isSameFuture = publishNews()
    shownAsRecorded = nil
    let keyframe = run.timeline?.recorded?.place(atOrBefore: tail.last) ?? 0
    let near = max(keyframe, isSameFuture ? position.step : 0)
    if case .all = run.recomputability, tail.last - near > Replay.nearSteps { shownAsRecorded = tail.last }
    return .play(from: tail.last)
  }

  /// Publishes what was recorded since the last call; returns false if the moments that were shown no longer exist.
  private func publishNews() -> Bool {
    let update = tail.news()
    run.timeline?.recorded?.refresh()
    if update.fork != nil { run.timeline?.forgetComputed(after: tail.last) }
    run.timeline?.readRecordedChanges(at: position)
    publisher.post(update)
    return update.fork == nil
  }
}

extension Replay: PlaybackOwner {
  var head: Position { tail.head }
  var last: Int? { tail.last }
  var template: ComputationGraph? { builder?.template }
  var changeObstacle: String? { Replay.isReadOnly(tail.archive) }

  func moment(at position: Position, of tape: Tape, isPlaying: Bool) -> Moment {
    guard let builder, let timeline = run.timeline else { return Moment(position: position, head: head) }
    var moment = builder.moment(of: tape, at: position, focus: deck.focus, isPlaying: isPlaying)
    if deck.focus.wantsByHand, !isPlaying {
      moment.addByHand(of: tape, builder.names, timeline.experiment.optimizer)
    }
    RecordedNumbers(archive: tail.archive).complete(&moment, timeline)
    return moment
  }

  func pausedStatus(at position: Position) -> RunUpdate.Status {
    guard position.step >= tail.last, position >= head else { return .paused }
    // A run that is watched may have ended before its end, or still be trained.
    guard tail.isWatching else { return .finished }
    return tail.isOver && tail.archive.isFinished ? .finished : .paused
  }

  func willPlay(_ step: Int) throws -> Stop? {
    isPlaying = true
    if !isFollowing { try keepTime(of: step) }
    return nil
  }

  func didPlay(_ position: Position, _ tape: Tape) throws {
    self.position = position
    publishIfDue(moment(at: position, of: tape, isPlaying: true))
  }

  func didReachEnd(at position: Position, isPlaying: Bool) throws -> Playback.Way? {
    self.position = position
    self.isPlaying = isPlaying
    tail.end(at: position)
    guard isPlaying, let way = try comeToEnd() else { return nil }
    next = way
    return .end(.owner)
  }

  func set(_ setting: Command) {
    switch setting {
    case .pace(let speed): pacer = ReplayPacer(speed: speed)
    case .record:
      var update = RunUpdate()
      update.warnings = ["\(RecordingRefusal.isReplay(ofScript: run.isOfScript))"]
      publisher.post(update)
    default: break
    }
  }

  func waitForCommands() throws -> Playback.Way? {
    guard tail.isWatching else {
      deck.wait()
      return nil
    }
    while !deck.hasRequests {
      deck.wait(seconds: 0.25)
      guard tail.refresh(), !publishNews() else { continue }
      next = .show(.at(.start(of: min(position.step, tail.last))))
      return .end(.owner)
    }
    return nil
  }
}

extension RecordedRun {
  /// Whether all steps are shown as recorded.
  var isRecordedOnly: Bool { if case .nothing = recomputability { true } else { false } }

  /// Whether it is the run of a script.
  var isOfScript: Bool { archive.origin.description.isScript }

  /// The recording's capabilities.
  var capabilities: RunCapabilities {
    let capabilities = RunCapabilities(missing: [
      .changeValues: Replay.isReadOnly(archive),
      .record: "\(RecordingRefusal.isReplay(ofScript: isOfScript))",
    ])
    guard let reason = recomputability.reason, isRecordedOnly else { return capabilities }
    // In steps that were recorded whole one can go back.
    let past: [RunCapability] = archive.wholeSteps.isEmpty ? [.recomputePast] : []
    return (past + [.checkGradient, .searchBack, .findCause]).reduce(capabilities) {
      $0.without($1, because: reason)
    }
  }
}

extension WatchedStep {
  /// The visit at which a run that is shown from this step's record stops.
  fileprivate func visit(of stop: Stop) -> Int {
    guard case .at(let position) = stop, let visit = visit(at: position) else { return visits.count - 1 }
    return visit
  }

  /// The visit that a movement leads to within the step; nil where it leads out of it.
  fileprivate func destination(of command: Command, at position: Position) -> Int? {
    let here = visit(at: position) ?? visits.count - 1
    guard case .visit(let visit)? = destination(of: command, from: here) else { return nil }
    return visit
  }
}
