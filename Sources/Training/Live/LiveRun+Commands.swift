import Trace

/// What the commands do at the head.
extension LiveRun {
  /// Carries out a command while the run is paused at its head; returns what the run does next, nil if it stays paused.
  func next(after command: Command) throws -> Errand? {
    let here = PausedMoment(
      position: position, tape: recorder.tape, timeline: timeline, deck: deck, template: builder.template)
    switch command {
    case .run: return outcome.isEnd ? nil : play(.running)
    case .nextNode, .nextPhase, .nextStep:
      return outcome.isEnd ? nil : Stop.ahead(command, from: position).map { .stepping(to: $0) }
    case .previousNode, .previousPhase, .previousStep:
      let stop = Stop.back(command, from: position, nodeCount: recorder.tape.count)
      return try stop.flatMap { try lookBack(.seek($0)) }
    case .seek(let wanted), .goTo(let wanted):
      if let obstacle = timeline.obstacle(to: command) { publisher.warn(obstacle) }
      let target = max(wanted, timeline.first)
      if target < position { return try lookBack(.seek(.at(target))) }
      guard case .goTo = command, target > position, !outcome.isEnd else { return nil }
      return play(.advancing(to: target, from: position.step))
    case .runTo(let node): return here.aim(at: node) && !outcome.isEnd ? play(.runningToNode) : nil
    case .change(let change, _): try apply(change)
    case .searchBack, .findCause, .checkGradient: return try here.answer(command).flatMap(lookBack)
    case .test(let test): try here.run(test, now: now, collect: collect)
    case .seekHead, .pause, .focus, .show, .pace, .quit, .breakpoints, .note, .mark, .record, .plot, .rank,
      .extend:
      break
    }
    return nil
  }

  func play(_ errand: Errand) -> Errand {
    publisher.post(.running, progress: progress(of: errand))
    return errand
  }

  /// Changes something at the head; before a node that failed, the step begins again with the change.
  private func apply(_ change: Change) throws {
    guard outcome.isFailure else { return make(change) }
    do { _ = try timeline.changes.describe(change) } catch { return publisher.warn("\(error)") }
    throw Fork(change: change, future: .dropped, position: .start(of: position.step))
  }

  /// Changes something at the head.
  func make(_ change: Change) {
    do {
      let text = try timeline.changes.describe(change)
      try timeline.make(change, at: position, recorder)
      publisher.add(RunEvent(.change, at: position, text, change: change))
    } catch {
      publisher.warn("\(error)")
    }
  }

  /// Shows the past until the commands return to the head; returns what the run does there.
  private func lookBack(_ way: Playback.Way) throws -> Errand? {
    let playback = Playback(timeline, deck, of: self, from: position, now: now)
    let end = try timeline.lookBack(from: position) {
      do { return try playback.run(way) } catch let error where !(error is Deck.Quit) {
        // A step that ran once may fail when it is run again, if it is not a function of the seed.
        publisher.warn("\(error)")
        return .head(nil)
      }
    }
    // The step watched in the past was another one.
    deck.watch?.begin()
    switch end {
    case .change(let change, let future, let position):
      throw Fork(change: change, future: future, position: position)
    case .head(let command?): return try next(after: command)
    case .head, .obstacle, .owner: return nil
    }
  }
}
