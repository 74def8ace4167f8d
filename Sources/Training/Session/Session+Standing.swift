import Trace

extension Session {
  /// Stands at the node that ran last and does what is asked, until the run is to go on.
  func stand() throws {
    transport.halt()
    (goal, pauseBegan) = (nil, nil)
    watchedFrom = 0
    watch.setTarget(nil)
    playsThrough = false
    journeyBegan = nil
    if let arrivalHit, arrivalHit.position == position { hit = arrivalHit.hit }
    arrivalHit = nil
    defer { hit = nil }
    log?.pause()
    defer { if past == nil { log?.resume() } }
    // How long the user looked is no part of what the iteration takes.
    defer { iterationStart = now() }
    var status: RunUpdate.Status? = standing
    while true {
      while !inbox.isEmpty {
        if try obey(inbox.removeFirst()) { return }
        status = standing
      }
      publish(status: status)
      (status, awaitsChoice) = (nil, false)
      try waitForNews(replay)
    }
  }

  private var standing: RunUpdate.Status {
    guard isAtEnd else { return .paused }
    // A run that is watched may have been ended before its end, or is going on.
    guard let replay, replay.isWatching else { return .finished }
    return replay.isOver && replay.recorded.archive.isFinished ? .finished : .paused
  }

  /// Does what was asked of a run that stands; true if it goes on for that.
  private func obey(_ command: Command) throws -> Bool {
    switch command {
    case .run: return try play()
    case .stepNode, .stepPhase, .stepIteration:
      guard !isAtEnd else { return false }
      ignoresBreakpoints = false
      transport.apply(command, at: position)
      return true
    case .stepNodeBack, .stepPhaseBack, .stepIterationBack:
      guard let stop = Transport.stop(for: command, from: position, nodeCount: tape.count) else {
        return false
      }
      return try travel(to: stop)
    case .seek(let wanted):
      let target = min(max(wanted, first), head)
      return target == position ? false : try travel(to: .at(target))
    case .goTo(let wanted): return try go(to: wanted)
    case .seekHead:
      if let replay { return try travel(toEndOf: replay) }
      return past == nil ? false : try travel(to: .at(head))
    case .pause, .focus, .pace, .quit: return false
    case .breakpoints: return false
    case .runTo(let node): return run(to: node)
    case .searchBack(let breakpoint): return try search(back: breakpoint)
    case .findCause(let node, let view, let cell): return try find(causeOf: node, view, cell)
    case .change where replay != nil:
      warnings.append(Replay.isReadOnly)
      return false
    case .change(let change, let future):
      self.change(change, future: future)
      return false
    case .checkGradient(let parameter, let cell):
      checkGradient(of: parameter, at: cell)
      return false
    case .note, .mark, .record: return false
    }
  }

  private func play() throws -> Bool {
    ignoresBreakpoints = false
    if let replay { return play(replay) }
    if past != nil, watch.isActive { return playThroughThePast() }
    if past != nil { return try travel(to: .at(head), playsOn: !isOver) }
    guard !isOver else { return false }
    transport.apply(.run, at: position)
    post(status: .running)
    return true
  }

  /// Lets a run that is paused come to the end of its iteration, where every pane has something to show.
  func finishIteration() {
    pauseBegan = now()
    transport.go(to: .endOf(iteration: position.iteration))
  }

  /// Whether a pause has waited for the end of an iteration as long as anyone would.
  var isPauseDue: Bool { pauseBegan.map { now() - $0 > Session.slowIteration } ?? false }

  /// Waits until the pace lets the next iteration begin, heeding what is asked meanwhile.
  func keepPace() throws {
    // Who goes to a step wants to be there.
    guard let secondsPerIteration, transport.isPlaying, goal == nil else { return }
    while transport.isPlaying, inbox.isEmpty, case let rest = nextIteration - now(), rest > 0 {
      if wantsMoment || awaitsChoice { publishIfDue() }
      gate.wait(seconds: rest)
      if gate.hasRequests { try collect() }
    }
    // Whoever stops a run that waits wants to see the iteration that is done, not the first node of the next.
    if !inbox.isEmpty, tape.iteration > 0, tape.iteration == position.iteration {
      heed()
      try stand()
    }
    nextIteration = max(nextIteration, now() - secondsPerIteration) + secondsPerIteration
  }

  func setPace(_ iterationsPerSecond: Double?) {
    if let replay { return replay.setSpeed(iterationsPerSecond) }
    secondsPerIteration = iterationsPerSecond.map { 1 / max($0, 0.01) }
    nextIteration = now()
  }
}
