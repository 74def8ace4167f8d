import Localization
import TerminalUI
import Trace

/// The commands that run, pause, step and go to other moments.
enum TransportCommands {
  static var rows: [CommandRow] {
    [
      .key(" ", name: "play", help: localized("run, or pause after this step"), hint: localized("run/pause"))
      {
        $0.willPlay ? $0.pause() : $0.play()
      },
      .only("run", help: localized("run until paused")) { $0.play() },
      .only("pause", help: localized("pause after this step")) { $0.pause() },
      .key(
        ".", name: "next-node", help: localized("go to the next node; at the newest moment, run it"),
        hint: localized("node")
      ) {
        $0.step(.nextNode)
      }
      .also("step"),
      .key(
        ",", name: "previous-node", help: localized("go back to the previous node"), hint: localized("back")
      ) {
        $0.stepBack(.previousNode)
      }
      .needing(.recomputePast).also("back"),
      .key("n", name: "next-phase", help: localized("go to the next phase"), hint: localized("phase")) {
        $0.step(.nextPhase)
      },
      .key("p", name: "previous-phase", help: localized("go back to the previous phase")) {
        $0.stepBack(.previousPhase)
      }
      .needing(.recomputePast),
      .key(
        ">", name: "next-step", help: localized("go to this node in the next step"), hint: localized("step")
      ) {
        $0.step(.nextStep)
      }
      .also("next-iteration"),
      .key("<", name: "previous-step", help: localized("go back to this node in the previous step")) {
        $0.stepBack(.previousStep)
      }
      .also("previous-iteration"),
      .key("g", name: "goto", help: localized("go to a step, back or ahead")) {
        $0.console = Console("goto ")
      }
      .taking(localized("STEP [PHASE]"), example: "300 backward", ArgumentReading.moment),
      .key("r", name: "run-to", help: localized("run to the chosen node, or to NODE")) { $0.runTo(nil) }
        .taking(localized("[NODE]"), .node, example: "fc1.linear") {
          (arguments, state) throws(ConsoleError) in
          let node = try arguments.node(state, orModule: state.description?.isScript == true)
          return { $0.runTo(node) }
        },
      .key(.home, name: "start", help: localized("go to the first moment of the run")) {
        $0.visit(.seek(.start))
      },
      .key(.end, name: "head", help: localized("go to the head: as far as training has run")) {
        if $0.moment?.isBehindHead == true { $0.visit(.seekHead) }
      },
      .key("m", name: "mark", help: localized("mark this moment")) { $0.setMark() },
      .key("'", name: "to-mark", help: localized("return to the mark")) { state in
        if let mark = state.mark { state.visit(.seek(mark)) }
      },
      .key("{", name: "slower", help: localized("halve the pace of training")) {
        $0.setPace($0.currentPace / 2)
      },
      .key("}", name: "faster", help: localized("double the pace of training")) {
        $0.setPace($0.pace.map { $0 * 2 })
      },
      .key(.backspace, name: "full-speed", help: localized("train at full speed")) { $0.setPace(nil) },
      .typed(
        "pace", localized("NUMBER|off"), .words("off"), example: "60",
        help: localized("at most this many steps a second"),
        ArgumentReading.pace),
    ]
  }
}

extension DebuggerState {
  /// Whether training runs by itself, or will once the run is prepared.
  fileprivate var willPlay: Bool { status == .running || status == .preparing && !startsPaused }

  fileprivate mutating func play() {
    switch status {
    case .preparing where startsPaused: startsPaused = false
    case .paused: status = .running
    case .preparing, .running, .failed: return
    case .halted(let sentence):
      overlay = FailureMessage(sentence)
      return
    case .finished:
      notice = .trainingIsOver
      return
    }
    if followsByItself { follow([]) }
    send(.run)
  }

  fileprivate mutating func pause() {
    guard willPlay else { return }
    // A run that is being prepared pauses when it is ready; one that runs may have its step to finish.
    if status == .preparing { startsPaused = true } else { status = .paused }
    send(.pause)
  }

  fileprivate mutating func step(_ command: Command) {
    switch status {
    case .paused: follow(command)
    case .running: pause()
    case .preparing:
      // The run takes it when it pauses before its first node.
      startsPaused = true
      send(command)
    case .finished:
      if moment?.isBehindHead == true { follow(command) } else { notice = .trainingIsOver }
    case .halted(let sentence): overlay = FailureMessage(sentence)
    case .failed: break
    }
  }

  /// A step back: a run that plays stops for it, and one that is over can be walked through too.
  fileprivate mutating func stepBack(_ command: Command) {
    if canVisit, !pausesFirst(for: command) { follow(command) }
  }

  /// A step follows the run again: the user wants to see what it did. Other visits keep the choice, so that one node can
  /// be compared over time.
  private mutating func follow(_ command: Command) {
    choose(Focus())
    send(command)
  }

  /// Runs to a node, or to the chosen one; the choice stays.
  fileprivate mutating func runTo(_ node: String?) {
    guard let node = node ?? shownNode else {
      notice = noNodeChosen
      return
    }
    visit(.runTo(node: node))
  }

  fileprivate mutating func setMark() {
    guard let moment else { return }
    mark = moment.position
    visit(.mark(moment.position))
  }

  fileprivate var currentPace: Double { pace ?? speed.stepsPerSecond ?? 60 }

  /// Limits the pace; nil for no limit.
  mutating func setPace(_ pace: Double?) {
    self.pace = pace.map { min(max($0, 0.125), 1e6) }
    send(.pace(self.pace))
  }
}

extension Notice {
  /// Why nothing more can be run.
  fileprivate static var trainingIsOver: Notice {
    problem(localized("Training is over: , < and p step back through it."))
  }
}
