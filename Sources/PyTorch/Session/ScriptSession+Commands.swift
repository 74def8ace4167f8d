import Localization
import Trace

/// What the user asks for.
extension ScriptSession {
  /// Takes a command.
  package mutating func take(_ command: Command) -> [SessionEffect] {
    answering { $0.carryOut(command) }
  }

  /// Asks for the moment to show next.
  package mutating func wantsMoment() -> [SessionEffect] {
    answering { session in
      if session.stage == .running || session.stage == .waiting { session.askForMoment() }
    }
  }

  private mutating func carryOut(_ command: Command) {
    switch command {
    case .breakpoints(let breakpoints):
      settings.breakpoints = breakpoints
      say(.breakpoints(breakpoints))
    case .pace(let pace):
      settings.pace = pace
      say(.pace(pace))
    case .plot(let series): plot(series)
    case .focus(let wanted):
      let last = focus
      focus = wanted
      var same = wanted
      same.followed = last.followed
      // Following the cell that is shown shows nothing else.
      if same == last, pending == nil, stage != .running, let shownCell, wanted.followed.last == shownCell {
        return
      }
      chose()
    case .note(let words): add(RunEvent(.note, at: position, words))
    case .mark(let seen):
      add(RunEvent(.mark, at: position, localized("marked")))
      recordWhole(seen.step)
    case .record(let path): effects.append(.openRecording(path: path))
    case .quit: quit()
    case .change(let change, _):
      guard cursor == nil else {
        return warn(localized("The past of a script cannot be changed: end goes to the head."))
      }
      say(.change(change))
    case .show(let needs): say(.show(needs))
    case .searchBack, .findCause, .checkGradient, .rank, .extend: break
    case .run, .pause, .nextNode, .nextPhase, .nextStep, .previousNode, .previousPhase, .previousStep, .seek,
      .goTo,
      .seekHead, .runTo:
      move(command)
    }
  }

  private mutating func quit() {
    // At its end the process ends as Python does it.
    if stage == .held { say(.plain("run")) } else { say(.quit(settings.onExit)) }
  }

  /// Shows the tensor that was chosen.
  private mutating func chose() {
    followWhileRunning()
    switch stage {
    case .running: askForMoment()
    case .paused, .held: cursor == nil ? newest.map { show($0, status: nil) } : showCursor()
    case .starting, .importing, .waiting, .ended: break
    }
  }

  // MARK: Moving

  private mutating func move(_ command: Command) {
    switch stage {
    case .starting: settings.isPaused = command != .run
    case .importing, .waiting, .running: moveOn(command)
    case .paused, .held, .ended:
      if let cursor, isWithin(command, cursor) { return }
      if goesBack(command) { return }
      guard stage == .paused else { return }
      moveOn(command)
    }
  }

  /// Sends a movement to the probe: the script goes on.
  private mutating func moveOn(_ command: Command) {
    switch command {
    case .run: say(.plain("run"))
    case .pause: return say(.plain("pause"))
    case .nextNode: say(.plain("nextNode"))
    case .nextPhase: say(.plain("nextPhase"))
    case .nextStep: say(.plain("nextStep"))
    case .runTo(let node): say(.run(to: node))
    case .goTo(let position): say(.go(to: position))
    case .seek, .seekHead, .previousNode, .previousPhase, .previousStep: return
    default: return
    }
    guard stage == .paused else { return }
    cursor = nil
    pending = nil
    stage = .running
    followWhileRunning()
    // A single step is over before the screen could say that the script runs.
    switch command {
    case .run, .runTo, .goTo:
      var update = RunUpdate()
      update.status = .running
      post(update)
    default: break
    }
  }

  /// A movement forward from a moment of the past; false where it is none, or leads beyond the head.
  private mutating func isWithin(_ command: Command, _ cursor: Place) -> Bool {
    switch command {
    case .nextNode, .nextPhase, .nextStep, .runTo: break
    default: return false
    }
    guard let place = kept.firstIndex(where: { $0.step == cursor.step }) else { return false }
    if case .visit(let visit)? = kept[place].destination(of: command, from: cursor.visit) {
      return go(visit, in: place)
    }
    // A node that does not run any more in what is kept is run to from the head.
    if case .runTo = command { return false }
    guard kept.indices.contains(place + 1) else { return goToHead() }
    return go(command == .nextStep ? sameVisit(as: cursor.visit, of: place, in: place + 1) : 0, in: place + 1)
  }

  /// The visit of a kept step at the position that a visit of another has; its last one where there is none.
  private func sameVisit(as visit: Int, of place: Int, in other: Int) -> Int {
    var wanted = kept[place].position(of: visit)
    wanted.step = kept[other].step
    return kept[other].visit(at: wanted) ?? kept[other].visits.count - 1
  }

  /// Goes to a visit of a kept step, beyond its end to the next one.
  private mutating func go(_ visit: Int, in place: Int) -> Bool {
    let step = kept[place]
    if visit >= step.visits.count {
      guard kept.indices.contains(place + 1) else { return goToHead() }
      return go(0, in: place + 1)
    }
    let target = Place(step: step.step, visit: max(0, visit))
    if target.step == head.step, target.visit >= head.visit { return goToHead() }
    cursor = target
    showCursor()
    return true
  }

  private mutating func goToHead() -> Bool {
    cursor = nil
    if let newest { show(newest, status: stage == .paused ? .paused : nil) }
    return true
  }

  /// A movement back, or to a moment that has been; false where it is none of these.
  private mutating func goesBack(_ command: Command) -> Bool {
    let here = cursor ?? head
    let place = kept.firstIndex { $0.step == here.step }
    switch command {
    case .previousNode, .previousPhase, .previousStep:
      guard let place else { return tellNotKept(here.step) }
      return goBack(command, from: here, in: place)
    case .seekHead: return goToHead()
    case .seek(let position): return seek(position)
    case .goTo(let position): return position > headPosition ? false : seek(position)
    default: return false
    }
  }

  private mutating func goBack(_ command: Command, from here: Place, in place: Int) -> Bool {
    let step = kept[place]
    let visit = min(here.visit, step.visits.count - 1)
    if case .visit(let before)? = step.destination(of: command, from: visit) { return go(before, in: place) }
    guard place > 0 else {
      return command == .previousStep && visit > 0 ? go(0, in: place) : tellNotKept(here.step - 1)
    }
    let last = kept[place - 1].visits.count - 1
    switch command {
    case .previousStep: return go(sameVisit(as: visit, of: place, in: place - 1), in: place - 1)
    case .previousPhase: return go(kept[place - 1].firstOfPhase(at: last), in: place - 1)
    default: return go(last, in: place - 1)
    }
  }

  private mutating func seek(_ position: Position) -> Bool {
    guard position < headPosition else { return goToHead() }
    guard let place = kept.firstIndex(where: { $0.step == position.step }) else {
      return tellNotKept(position.step)
    }
    return go(kept[place].visit(at: position) ?? 0, in: place)
  }

  /// Says that a step is gone; true, since nothing else is to be done.
  private mutating func tellNotKept(_ step: Int) -> Bool {
    guard step > 0 else { return true }
    let known = kept.map { "\($0.step)" }.joined(separator: ", ")
    warn(
      known.isEmpty
        ? localized("Step \(step) was not kept, and a script cannot be run backwards.")
        : localized("Step \(step) was not kept, and a script cannot be run backwards; kept are \(known)."))
    return true
  }
}
