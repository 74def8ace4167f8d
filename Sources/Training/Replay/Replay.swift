import Trace

/// A recording that is shown: played in the time in which it was recorded, paused, gone through, or followed while
/// another process writes it.
///
/// What can be computed again is, along a timeline; of other steps it shows what was recorded. Where nothing can be
/// computed it needs no experiment at all.
///
/// Owner: the training queue.
final class Replay {
  /// Steps that may be computed to follow a recording that grows.
  private static let nearSteps = 256

  /// Where it goes next.
  enum Way {
    case show(Stop)
    case play(from: Int)
  }

  let run: RecordedRun
  let tail: RecordingTail
  let deck: Deck
  let now: () -> Double
  private let start: Int
  private(set) var builder: MomentBuilder?
  /// Looks for faults; nil until it has begun, and where a watched run goes another way.
  var diagnosis: RecordedDiagnosis?
  /// The last step that was recorded when it last did, and what was told of it.
  var (diagnosedSteps, findings): (Int, [Finding]) = (0, [])
  /// Measures what is plotted and was not recorded, in steps that are computed again.
  var sampler: SeriesSampler?
  /// Collects figures of predictions while they are shown, of what is computed again; nil where nothing is.
  private(set) var figures: FigureLog?
  private var pacer: ReplayPacer
  private(set) var position = Position.start
  /// Whether it plays until a command stops it.
  private var isPlaying: Bool
  /// A step that could be computed but is shown as recorded, since the way to it is long.
  private var shownAsRecorded: Int?
  /// Where it goes once the playback has ended.
  private var next: Way?

  /// A replay of a run as a plan says.
  init(_ plan: ReplayPlan, _ run: RecordedRun, deck: Deck, isPaused: Bool, now: @escaping () -> Double) {
    self.run = run
    self.deck = deck
    self.now = now
    isPlaying = !isPaused
    tail = RecordingTail(plan)
    let isFollowing = plan.isWatching && plan.start == nil
    var first = 1
    if let timeline = run.timeline, !run.isRecordedOnly { first = timeline.first.step }
    start = min(max(plan.start ?? (isFollowing ? tail.last : first), first), max(first, tail.last))
    pacer = ReplayPacer(speed: plan.speed, isFollowing: isFollowing)
    if let timeline = run.timeline {
      builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
      sampler = SeriesSampler(timeline)
      figures = FigureLog(timeline) { deck.needs.figures != nil }
    }
  }

  var publisher: Publisher { deck.publisher }
  var first: Position { run.isRecordedOnly ? .start : run.timeline?.first ?? .start }

  /// What the screen is to know first.
  func begin() -> RunUpdate {
    var update = tail.news()
    update.description = tail.description
    update.capabilities = run.capabilities
    update.append(diagnose())
    return update
  }

  /// Shows the recording until a command quits it.
  ///
  /// - Throws: the error of the operator that failed.
  func show() throws {
    if let graph = try tail.archive.graph(at: start) { builder?.learn(graph) }
    do {
      var way: Way =
        !isPlaying ? .show(.at(.start(of: start))) : pacer.isFollowing ? playEnd(from: 0) : .play(from: start)
      while true { way = try go(way) }
    } catch is Deck.Quit {}
  }

  private func go(_ way: Way) throws -> Way {
    diagnoseMore()
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
  func playRecomputed(_ way: Playback.Way) throws -> Way {
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
    if pacer.isFollowing || step >= tail.last {
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

  /// Pauses at a step that is shown as recorded; inside it where it was recorded whole.
  private func pauseAtRecorded(_ step: Int, _ stop: Stop) throws -> Way {
    let whole = try? tail.archive.wholeStep(step)
    position = whole.map { $0.position(of: $0.visit(stoppingAt: stop)) } ?? .end(of: step)
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

  // MARK: Playing

  func beginPlaying() {
    pacer.restart()
    isPlaying = true
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
  func comeToEnd() throws -> Way? {
    tail.end(at: position)
    while isPlaying, tail.isWatching {
      pacer.follow()
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
    return playEnd(from: isSameFuture ? position.step : 0)
  }

  /// Goes to the end from a step whose state is known, or from a keyframe.
  private func playEnd(from step: Int) -> Way {
    let near = max(step, run.timeline?.recorded?.place(atOrBefore: tail.last) ?? 0)
    if case .all = run.recomputability, tail.last - near > Replay.nearSteps { shownAsRecorded = tail.last }
    return .play(from: tail.last)
  }

  /// Publishes what was recorded since the last call; returns false if the moments that were shown no longer exist.
  private func publishNews() -> Bool {
    let update = tail.news()
    run.timeline?.recorded?.refresh()
    if let fork = update.fork {
      run.timeline?.forgetComputed(after: tail.last)
      (diagnosis, diagnosedSteps) = (nil, 0)
      findings.removeAll { $0.position >= fork.position }
    }
    run.timeline?.readRecordedChanges(at: position)
    publisher.post(update)
    return update.fork == nil
  }

  // MARK: Following a playback

  func willPlay(_ step: Int) throws -> Stop? {
    isPlaying = true
    try keepTime(of: step)
    return nil
  }

  func didPlay(_ position: Position, _ tape: Tape) throws {
    self.position = position
    plot(tape, always: false)
    figures?.take(tape)
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
    case .pace(let speed): pacer.setSpeed(speed)
    case .plot(let series): plot(series)
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
