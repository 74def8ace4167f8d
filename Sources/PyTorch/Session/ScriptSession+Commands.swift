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
      let last = shown.focus
      shown.focus = wanted
      var same = wanted
      same.followed = last.followed
      // Following the cell that is shown shows nothing else.
      if same == last, shown.pending == nil, stage != .running, let cell = shown.cell,
        wanted.followed.last == cell
      {
        return
      }
      chose()
    case .note(let words): add(RunEvent(.note, at: timeline.position, words))
    case .mark(let seen):
      add(RunEvent(.mark, at: timeline.position, localized("marked")))
      recordWhole(seen.step)
    case .record(let path): effects.append(.openRecording(path: path))
    case .quit: quit()
    case .change(let change, _):
      guard timeline.cursor == nil else {
        return warn(localized("The past of a script cannot be changed: end goes to the head."))
      }
      say(.change(change))
    case .searchBack, .findCause, .checkGradient, .test, .rank, .extend: break
    case .show(let needs): show(needs)
    case .run, .pause, .nextNode, .nextPhase, .nextStep, .previousNode, .previousPhase, .previousStep, .seek,
      .goTo,
      .seekHead, .runTo:
      move(command)
    }
  }

  private mutating func quit() {
    // At the end of the script, Python ends the process.
    if stage == .held { say(.plain("run")) } else { say(.quit(settings.onExit)) }
  }

  /// Shows the tensor that was chosen.
  private mutating func chose() {
    followWhileRunning()
    switch stage {
    case .running: askForMoment()
    case .paused, .held: showCursor()
    case .starting, .importing, .waiting, .ended: break
    }
  }

  // MARK: Moving

  private mutating func move(_ command: Command) {
    switch stage {
    case .starting: settings.isPaused = command != .run
    case .importing, .waiting, .running: moveOn(command)
    case .paused, .held, .ended:
      if let destination = timeline.forward(command) ?? timeline.back(command) {
        if case .notKept = destination, case .seek(let position) = command, diagnosis.hasFound(at: position) {
          return showNear(position)
        }
        return show(destination)
      }
      guard stage == .paused else { return }
      moveOn(command)
    }
  }

  /// Sends a movement to the probe: the script continues.
  private mutating func moveOn(_ command: Command) {
    if command != .pause { findingHit = nil }
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
    timeline.leavePast()
    shown.pending = nil
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

  private mutating func show(_ destination: ScriptTimeline.Destination) {
    switch destination {
    case .past: showCursor()
    case .head: timeline.newest.map { show($0, status: stage == .paused ? .paused : nil) }
    case .notKept(let step): tellNotKept(step)
    }
  }

  /// Shows what was found in a step that is gone in the nearest one that is kept, and says which it is.
  private mutating func showNear(_ position: Position) {
    show(timeline.seek(near: position, having: shown.focus.node))
    var update = RunUpdate()
    update.notice = localized("Step \(position.step) was not kept: this is step \(timeline.position.step).")
    post(update)
  }

  /// Says that a step is gone.
  private mutating func tellNotKept(_ step: Int) {
    guard step > 0 else { return }
    let kept = timeline.kept.map(\.step)
    guard let first = kept.first, let last = kept.last else {
      return warn(localized("Step \(step) was not kept, and a script cannot be run backwards."))
    }
    let others = kept.dropLast().map(String.init).joined(separator: ", ")
    let words =
      if kept.count == 1 {
        localized("only step \(first) is kept")
      } else if kept.count > 2, last - first == kept.count - 1 {
        localized("steps \(first) to \(last) are kept")
      } else {
        localized("steps \(others) and \(last) are kept")
      }
    warn(localized("Step \(step) was not kept, and a script cannot be run backwards: \(words)."))
  }
}
