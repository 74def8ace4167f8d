import Autograd
import Localization
import Trace

/// Shows the past of a run up to its head, as the commands direct.
///
/// A live run uses it behind its head, a replay for all that can be computed again.
///
/// Owner: the training queue.
final class Playback {
  /// Thrown to end a search that the user has interrupted.
  private struct Interrupted: Error {}

  private let timeline: Timeline
  private let deck: Deck
  private let now: () -> Double
  private unowned let owner: any PlaybackOwner
  /// The current moment.
  private(set) var position: Position
  private var errand = Errand.paused
  /// What is to be done at the head, once it is reached.
  private var pending: Command?
  private var next: Way?
  /// A hit to show at the moment that the playback goes to.
  private var found: (position: Position, hit: BreakpointHit)?

  /// A playback from a moment.
  init(
    _ timeline: Timeline, _ deck: Deck, of owner: any PlaybackOwner, from position: Position,
    now: @escaping () -> Double
  ) {
    self.timeline = timeline
    self.deck = deck
    self.owner = owner
    self.position = position
    self.now = now
  }

  private var publisher: Publisher { deck.publisher }
  private var head: Position { owner.head }

  /// Whether it runs until a command stops it.
  var isPlaying: Bool { errand.isPlaying }

  /// Whether there is nothing after where it is.
  var isAtEnd: Bool { position >= head }

  /// Goes a way, follows the commands, and returns how it ended.
  ///
  /// - Throws: an operator's error, or ``Deck/Quit``.
  func run(_ first: Way) throws -> End {
    var way = first
    while true {
      switch way {
      case .end(let end): return end
      case .seek(let stop):
        errand = .seeking(to: stop)
        way = try walk(to: stop)
      case .play(let step):
        errand = .running
        way = try walk(to: .never, watchedFrom: step, deck.watch)
      case .searchBack(let breakpoint): way = try searchBack(breakpoint)
      case .findCause(let search): way = try find(search)
      }
    }
  }

  /// The end of what may be visited.
  private var limit: Position { owner.last.map { .start(of: $0 + 1) } ?? head }

  private func walk(to stop: Stop, watchedFrom first: Int? = nil, _ watch: Watch? = nil) throws -> Way {
    let start = position.step
    let walk = Walk(
      timeline, to: stop, limit: limit, watchedFrom: first, last: owner.last, watch: watch,
      willBegin: { [unowned self] step in
        if errand.isPlaying { return try owner.willPlay(step) }
        publishProgress(from: start, at: step)
        return nil
      },
      didFinish: { [unowned self] place, tape in
        guard errand.isPlaying else { return }
        position = place
        try owner.didPlay(place, tape)
      },
      interrupts: { [unowned self] in try isInterrupted() },
      visit: { [unowned self] visit in try pause(at: visit) })
    switch try walk.run() {
    case .limit: return .end(.head(pending))
    case .obstacle(let step): return .end(.obstacle(step: step))
    case .left:
      defer { next = nil }
      return next ?? .end(.head(nil))
    }
  }

  private func publishProgress(from start: Int, at step: Int) {
    guard case .seeking(let stop, _) = errand, let target = stop.step else { return }
    publisher.post(RunUpdate.Progress(start: start, step: step, target: target), at: now())
  }

  /// Whether a command stops a walk: a pause always does, other commands only while it plays.
  private func isInterrupted() throws -> Bool {
    if deck.hasRequests { try collect() }
    guard deck.hasCommands else { return false }
    return deck.takePause() || errand.isPlaying
  }

  private func collect() throws {
    for setting in try deck.collect(at: position, isPlaying: errand.isPlaying) { owner.set(setting) }
  }

  // MARK: Paused

  private func pause(at visit: Walk.Visit) throws -> Walk.Next {
    position = visit.position
    if visit.isEndOfStep, position.step == owner.last,
      let way = try owner.didReachEnd(at: position, isPlaying: errand.isPlaying && !deck.hasCommands)
    {
      next = way
      return .leave
    }
    (errand, pending) = (.paused, nil)
    deck.watch?.setTarget(nil)
    let hit = hit(at: visit)
    var status: RunUpdate.Status? = owner.pausedStatus(at: position)
    while true {
      while let command = deck.next() {
        if let next = try take(command, at: visit) { return next }
        status = owner.pausedStatus(at: position)
      }
      var moment = owner.moment(at: position, of: visit.tape, isPlaying: false)
      (moment.head, moment.hit) = (head, hit)
      publisher.warn(timeline.takeProblems())
      publisher.publish(moment, status: status)
      status = nil
      if let way = try owner.waitForCommands() {
        next = way
        return .leave
      }
      try collect()
    }
  }

  /// The hit to show at a moment; hits on the way are published as events.
  private func hit(at visit: Walk.Visit) -> BreakpointHit? {
    let node = visit.hits.isEmpty ? nil : MomentBuilder.nodeName(of: visit.tape, at: position, timeline.names)
    for hit in visit.hits {
      publisher.add(RunEvent(.breakpoint, at: position, node: node, hit.sentence))
    }
    defer { found = nil }
    if let found, found.position == position { return found.hit }
    return visit.hits.first
  }

  /// Carries out a command at a moment; returns nil to stay there.
  private func take(_ command: Command, at visit: Walk.Visit) throws -> Walk.Next? {
    let here = PausedMoment(
      position: position, tape: visit.tape, timeline: timeline, deck: deck, template: owner.template)
    switch command {
    case .nextNode, .nextPhase, .nextStep:
      guard !isAtEnd || owner.last == nil, let stop = Stop.ahead(command, from: position) else { return nil }
      return go(.stepping(to: stop), stop)
    case .previousNode, .previousPhase, .previousStep:
      let stop = Stop.back(command, from: position, nodeCount: visit.tape.count)
      return stop.flatMap { seek($0) }
    case .seek(let wanted), .goTo(let wanted):
      if let obstacle = timeline.obstacle(to: command) { publisher.warn(obstacle) }
      let target = min(max(wanted, timeline.first), head)
      if target == position { return nil }
      if owner.last != nil { return seek(.at(target)) }
      if case .goTo = command, wanted > head {
        guard deck.watch?.isActive == true else { return leave(.head(command)) }
        return play(command, .advancing(to: wanted, from: position.step))
      }
      return target == head ? leave(.head(nil)) : seek(.at(target))
    case .seekHead:
      guard let last = owner.last else { return leave(.head(nil)) }
      return isAtEnd ? nil : seek(.endOf(step: last))
    case .run:
      if owner.last == nil, deck.watch?.isActive != true { return leave(.head(command)) }
      if owner.last != nil, isAtEnd { return leave(.head(command)) }
      return play(command, .running)
    case .runTo(let node):
      guard here.aim(at: node), owner.last == nil || !isAtEnd else { return nil }
      return play(command, .runningToNode)
    case .searchBack, .findCause, .checkGradient: return here.answer(command).map(leave)
    case .test(let test):
      try here.run(test, now: now, collect: collect)
      return nil
    case .change(let change, let future):
      do {
        if let obstacle = owner.changeObstacle {
          publisher.warn(obstacle)
          return nil
        }
        _ = try timeline.changes.describe(change)
        return leave(.change(change, future, at: position))
      } catch {
        publisher.warn("\(error)")
        return nil
      }
    case .pause, .focus, .show, .pace, .quit, .breakpoints, .note, .mark, .record, .plot, .rank, .extend:
      return nil
    }
  }

  private func go(_ errand: Errand, _ stop: Stop) -> Walk.Next {
    self.errand = errand
    return .stop(stop, watching: deck.watch)
  }

  private func seek(_ stop: Stop) -> Walk.Next? {
    if let wanted = stop.step, wanted < timeline.first.step { return nil }
    errand = .seeking(to: stop)
    return .stop(stop)
  }

  private func play(_ command: Command, _ errand: Errand) -> Walk.Next {
    pending = command
    publisher.post(.running)
    return go(errand, .never)
  }

  private func leave(_ end: End) -> Walk.Next { leave(.end(end)) }

  private func leave(_ way: Way) -> Walk.Next {
    next = way
    return .leave
  }

  // MARK: Searching

  /// Looks for the last hit of a breakpoint and goes there; returns to this moment if there is none.
  func searchBack(_ breakpoint: Breakpoint) throws -> Way {
    let origin = position
    errand = .searching
    guard let watch = deck.watch?.alone(breakpoint) else { return .seek(.at(origin)) }
    let last: (position: Position, hit: BreakpointHit)?
    do {
      last = try timeline.lastHit(of: watch, before: origin, willBegin: searching(from: origin))
    } catch is Interrupted {
      return back(to: origin)
    }
    guard let last else {
      publisher.add(
        RunEvent(
          .breakpoint, at: origin,
          localized("breakpoint \(breakpoint.id), \(breakpoint.text), was never hit before this moment")))
      return back(to: origin)
    }
    let text = localized("\(last.hit.sentence), searching back from step \(origin.step)")
    publisher.add(RunEvent(.breakpoint, at: last.position, text))
    found = last
    return .seek(.at(last.position))
  }

  /// Looks for a cause, publishes it, and returns to this moment.
  func find(_ search: CauseSearch) throws -> Way {
    let origin = position
    errand = .searching
    var search = search
    guard let watch = deck.watch else { return back(to: origin) }
    do {
      let cause = try search.run(watch: watch.alone, willBegin: searching(from: origin))
      publisher.add(cause, at: origin)
    } catch is Interrupted {}
    return back(to: origin)
  }

  private func back(to origin: Position) -> Way {
    origin == head && owner.last == nil ? .end(.head(nil)) : .seek(.at(origin))
  }

  /// What a search does at the start of each step: it publishes its progress, and ends when there is another request.
  private func searching(from origin: Position) -> (Int) throws -> Void {
    var start: Int?
    return { [unowned self] step in
      if deck.hasRequests { try collect() }
      if deck.hasCommands { throw Interrupted() }
      start = start ?? step
      publisher.post(
        RunUpdate.Progress(start: start ?? step, step: step, target: origin.step),
        at: now())
    }
  }
}
