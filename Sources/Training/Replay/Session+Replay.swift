import Trace

extension Session {
  /// Makes ready what a recording brings with it: its graph, its changes, and where to begin.
  func prepareRecorded() {
    guard let recorded else { return }
    do {
      try readChanges()
      if let graph = try recorded.archive.graph(at: replay?.start ?? recorded.archive.lastIteration) {
        builder.learn(graph)
      }
    } catch {
      warnings.append("\(error)")
    }
    if let replay {
      watchedFrom = replay.start
      lastFinished = .max
    } else {
      watchedFrom = min(recorded.archive.lastIteration + 1, lastIteration)
      lastFinished = recorded.archive.lastIteration
    }
  }

  /// The first moment that there is.
  var first: Position {
    let iteration = replay?.first ?? recorded?.first?.iteration ?? 1
    return Position(iteration: iteration, phase: .batch, node: 0)
  }

  /// Whether there is nothing after the cursor, and nothing more to come.
  var isAtEnd: Bool {
    replay.map { position.iteration >= $0.last && position >= $0.head } ?? (isOver && past == nil)
  }

  /// Sees to it that the last recorded keyframe before an iteration is at hand.
  @discardableResult
  func fetchKeyframe(before iteration: Int) -> Keyframe? {
    guard let recorded else { return nil }
    let known = history.keyframes.nearest(to: iteration).iteration
    let frame = recorded.keyframe(atOrBefore: iteration, after: known)
    if let frame { history.insert(frame, cursor: iteration) }
    warnings += recorded.takeProblems()
    return frame
  }

  /// Where a replay goes on that need not bring back anything: at an iteration that is not run again.
  func leap() -> IterationStart? {
    guard let replay else { return nil }
    return replay.isClosed(watchedFrom) ? IterationStart(iteration: watchedFrom, epochLoss: 0) : nil
  }

  /// An iteration of a recording begins: is it run again, and is it the one it was?
  func meet(_ start: IterationStart, _ replay: Replay) throws {
    if gate.hasRequests { try collect() }
    if !inbox.isEmpty { heed() }
    replay.closed = nil
    while start.iteration > replay.last { try comeToEnd(replay) }
    if replay.isClosed(start.iteration) { try show(start.iteration, replay) }
    try compare(start, replay)
    if transport.isPlaying, !replay.isFollowing, start.iteration >= watchedFrom {
      try keepTime(of: start.iteration, replay)
      if (start.iteration - 1).isMultiple(of: 32), isFaithful {
        history.revisit(start, cursor: start.iteration)
      }
    } else {
      let distance = max(0, watchedFrom - start.iteration)
      if isFaithful, distance & (distance - 1) == 0 { history.revisit(start, cursor: watchedFrom) }
    }
  }

  /// Compares the state with the recorded hash; what is recorded goes before what is computed here.
  private func compare(_ start: IterationStart, _ replay: Replay) throws {
    let agrees = replay.recorded.agrees(start, state)
    replay.count(agrees)
    if agrees == false {
      isFaithful = false
      if let sentence = replay.noteDifference(at: start.iteration) { warnings.append(sentence) }
    }
    guard !isFaithful,
      let frame = replay.recorded.keyframe(atOrBefore: start.iteration, after: start.iteration - 1)
    else { return }
    try state.restore(frame)
    isFaithful = true
  }

  /// Shows an iteration as recorded: passes it while the replay plays, else stands there.
  private func show(_ iteration: Int, _ replay: Replay) throws -> Never {
    if let wanted = transport.stop.iteration, wanted > iteration { throw jump(to: wanted) }
    replay.closed = iteration
    tape.begin(iteration)
    phase = .update
    position = .end(of: iteration)
    watchedFrom = 0
    if iteration == replay.last { replay.head = position }
    if transport.isPlaying {
      if replay.isFollowing || iteration >= replay.last {
        try comeToEnd(replay)
      } else {
        try keepTime(of: iteration, replay)
        if wantsMoment { publishIfDue() }
        if transport.isPlaying { throw jump(to: replay.iteration(after: iteration, now: now())) }
      }
    }
    if !transport.isPlaying {
      if replay.film == iteration { try open(iteration, replay) }
      try stand()
    }
    throw jump(to: max(transport.stop.iteration ?? 0, iteration + 1))
  }

  /// The way to an iteration, from a keyframe before it.
  private func jump(to iteration: Int) -> Jump {
    watchedFrom = iteration
    return Jump()
  }

  /// Runs an iteration that was shown as a picture after all, since the user stopped to look at it.
  private func open(_ iteration: Int, _ replay: Replay) throws -> Never {
    replay.film = nil
    transport.go(to: .endOf(iteration: iteration))
    throw jump(to: iteration)
  }

  /// Waits until a replay that plays is due at an iteration, heeding what is asked meanwhile.
  private func keepTime(of iteration: Int, _ replay: Replay) throws {
    while transport.isPlaying, inbox.isEmpty, case let rest = replay.rest(before: iteration, now: now()),
      rest > 0
    {
      if wantsMoment { publishIfDue() }
      gate.wait(seconds: min(rest, 1))
      if gate.hasRequests { try collect() }
    }
    if !inbox.isEmpty { heed() }
  }

  /// The cursor has come to the end of the recording: stands there, or waits for more.
  func comeToEnd(_ replay: Replay) throws {
    replay.head = position
    while transport.isPlaying, replay.isWatching {
      replay.isFollowing = true
      if replay.refresh() { return try follow(replay) }
      if replay.isOver {
        if let sentence = replay.noteEnd() { warnings.append(sentence) }
        break
      }
      if wantsMoment { publishIfDue() }
      gate.wait(seconds: 0.25)
      if gate.hasRequests { try collect() }
      if !inbox.isEmpty { heed() }
    }
    if let film = replay.film, film == replay.closed { try open(film, replay) }
    try stand()
  }

  /// Goes to the new end: by running on where that is near, else by showing what was recorded of it.
  private func follow(_ replay: Replay) throws {
    let goesOn = tellNews(of: replay) && replay.closed == nil
    replay.film = nil
    let keyframe = replay.recorded.place(atOrBefore: replay.last) ?? 0
    let near = max(keyframe, goesOn ? position.iteration : 0)
    if case .all = replay.openness, replay.last - near > Session.nearIterations { replay.film = replay.last }
    watchedFrom = replay.last
    if !goesOn || replay.film != nil || keyframe > position.iteration { throw Jump() }
  }

  /// Iterations that may be run to follow a recording that grows.
  private static let nearIterations = 256

  /// Plays a recording on from the cursor.
  func play(_ replay: Replay) -> Bool {
    guard !isAtEnd || replay.isWatching else { return false }
    replay.unanchor()
    replay.isFollowing = false
    transport.apply(.run, at: position)
    post(status: .running)
    return true
  }

  /// Travels to the end of the recording.
  func travel(toEndOf replay: Replay) throws -> Bool {
    isAtEnd ? false : try travel(to: .endOf(iteration: replay.last))
  }

  /// Holds a run that stands until something is asked, looking for news of a recording that grows.
  func waitForNews(_ replay: Replay?) throws {
    if let replay, replay.isWatching {
      while !gate.hasRequests {
        gate.wait(seconds: 0.25)
        if replay.refresh(), !tellNews(of: replay) { throw jump(to: position.iteration) }
      }
    } else {
      gate.wait()
    }
    try collect()
  }

  /// Tells what was recorded since the last time; false if the moments that were shown are no more.
  func tellNews(of replay: Replay) -> Bool {
    let update = replay.news()
    if update.fork != nil { history.forget(after: replay.last) }
    let known = changeLog.entries.count
    do {
      try readChanges()
      // What was changed where the replay stands is changed here too, before it goes on.
      for change in changeLog.take(at: position).dropFirst(known) { try changes.make(change) }
    } catch {
      warnings.append("\(error)")
    }
    post(update)
    return update.fork == nil
  }

  /// Takes the changes from the recording that were made by hand.
  func readChanges() throws {
    guard let recorded else { return }
    changeLog = ChangeLog()
    for entry in try recorded.changes() { changeLog.add(entry.change, at: entry.position) }
    changeLog.rewind(to: 0)
  }

  /// The moment of an iteration that is shown as recorded; nil for one that was run.
  func recordedMoment() -> Moment? {
    guard let replay, let closed = replay.closed else { return nil }
    let reason =
      replay.openness.reason ?? "Following the recording: press space to stop and open this moment."
    return ClosedMoment(replay.recorded.archive).moment(of: closed, head: head, reason: reason)
  }
}
