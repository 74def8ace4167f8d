import TerminalUI
import Trace

extension DebuggerState {
  /// Obeys a key: whatever is open on the screen takes it first.
  mutating func press(_ key: Key) -> [DebuggerEffect] {
    notice = nil
    if let console { return press(key, in: console) }
    if overlay == nil, find?.isTyping == true { return pressInFind(key) }
    switch overlay {
    case .quitQuestion: return answerQuitQuestion(key)
    case .futureQuestion(let change): return answerFutureQuestion(key, change)
    case .help:
      if pressInHelp(key) { return [] }
    case .cause(let cause):
      if let effects = press(key, in: cause) { return effects }
    case .gradientCheck:
      if [.enter, .escape, .character("q")].contains(key) {
        overlay = nil
        return []
      }
    case nil: break
    }
    guard let action = CommandTable.action(for: key, in: pane) else { return [] }
    overlay = nil
    return perform(action)
  }

  private mutating func answerQuitQuestion(_ key: Key) -> [DebuggerEffect] {
    switch key {
    case .character("q"), .character("y"), .character("Y"), .enter: return [.quit]
    default:
      overlay = nil
      return []
    }
  }

  /// Does what a key or a command stands for.
  mutating func perform(_ action: Action) -> [DebuggerEffect] {
    switch action {
    case .playOrPause: return willPlay ? pause() : play()
    case .play: return play()
    case .pause: return pause()
    case .stepNode: return step(.stepNode)
    case .stepPhase: return step(.stepPhase)
    case .stepIteration: return step(.stepIteration)
    case .stepNodeBack: return visit(.stepNodeBack)
    case .stepPhaseBack: return visit(.stepPhaseBack)
    case .stepIterationBack: return visit(.stepIterationBack)
    case .toStart: return look(.seek(.start))
    case .toHead: return moment?.isBehindHead == true ? look(.seekHead) : []
    case .goTo(let iteration, let phase):
      return look(.goTo(Position(iteration: iteration, phase: phase, node: 0)))
    case .runTo(let node): return runTo(node)
    case .setMark: return setMark()
    case .toMark: return mark.map { look(.seek($0)) } ?? []
    case .slower: return setPace((pace ?? speed.iterationsPerSecond ?? 60) / 2)
    case .faster: return setPace(pace.map { $0 * 2 })
    case .pace(let pace): return setPace(pace)
    case .toggleBreakpoint: return toggleBreakpoint()
    case .addBreakpoint(let breakpoint): return add(breakpoint)
    case .breakpoint(let edit, let number): return self.edit(edit, number)
    case .findCause(let node, let cell): return findCause(node: node, cell: cell)
    case .checkGradient(let parameter, let cell): return checkGradient(of: parameter, at: cell)
    case .checkGradientHere: return checkGradientHere()
    case .change(let change): return self.change(change)
    case .note(let words): return ask(.note(words))
    case .record(let path): return ask(.record(path: path))
    default: return performOnScreen(action)
    }
  }

  private mutating func performOnScreen(_ action: Action) -> [DebuggerEffect] {
    switch action {
    case .nextPane: pane = pane.next
    case .previousPane: pane = pane.previous
    case .pane(let chosen): pane = chosen
    case .move(let direction): return move(direction)
    case .nextView: return nextView()
    case .view(let view): return choose(Focus(node: shownNode, view: view))
    case .choose(let node): return choose(Focus(node: node))
    case .followRun: return choose(Focus())
    case .look(let look): return obey(look)
    case .goToEvent: return goToEvent()
    case .zoom: isZoomed.toggle()
    case .logarithm: isLossLogarithmic.toggle()
    case .help:
      overlay = .help
      (helpRow, helpSearch) = (0, TextInput())
    case .back: return back()
    case .quit:
      guard asksBeforeQuitting else { return [.quit] }
      overlay = .quitQuestion
    case .openConsole(let text): console = Console(text)
    case .openBreakpoint: openBreakpointConsole()
    case .openRecord: console = Console("record \(description?.data ?? "run").tapedeck")
    default: break
    }
    return []
  }

  /// Whether training goes on by itself, or will once the run is prepared.
  private var willPlay: Bool { status == .running || status == .preparing && !startsPaused }

  private mutating func play() -> [DebuggerEffect] {
    switch status {
    case .preparing where startsPaused: startsPaused = false
    case .paused: status = .running
    case .preparing, .running: return []
    case .finished:
      notice = .problem("Training has come to its end: , < and p walk back through it.")
      return []
    case .failed: return []
    }
    return [.command(.run)]
  }

  private mutating func pause() -> [DebuggerEffect] {
    guard willPlay else { return [] }
    // A run that is not there yet will stand when it is; one that plays may have its iteration to finish.
    if status == .preparing { startsPaused = true } else { status = .paused }
    return [.command(.pause)]
  }

  private mutating func step(_ command: Command) -> [DebuggerEffect] {
    switch status {
    case .paused: return follow(command)
    case .running: return pause()
    case .preparing:
      // The run takes it when it stands before its first node.
      startsPaused = true
      return [.command(command)]
    case .finished:
      if moment?.isBehindHead == true { return follow(command) }
      notice = .problem("Training has come to its end: , < and p walk back through it.")
      return []
    case .failed: return []
    }
  }

  /// A step back: a run that plays stops for it, and one that is done can be walked too.
  private mutating func visit(_ command: Command) -> [DebuggerEffect] {
    look(command).isEmpty ? [] : follow(command)
  }

  /// A leap to another moment keeps the choice, so that one node can be compared over time.
  func look(_ command: Command) -> [DebuggerEffect] {
    switch status {
    case .paused, .running, .finished: [.command(command)]
    case .preparing, .failed: []
    }
  }

  /// A step follows the run again: the user wants to see what it did.
  private mutating func follow(_ command: Command) -> [DebuggerEffect] {
    guard focus.node != nil || focus.view != nil else { return [.command(command)] }
    focus = Focus(cell: focus.cell)
    return [.command(.focus(focus)), .command(command)]
  }

  /// Keeps the choice, which is where the run is to stop.
  private mutating func runTo(_ node: String?) -> [DebuggerEffect] {
    guard let node = node ?? shownNode else {
      notice = noNodeChosen
      return []
    }
    return look(.runTo(node: node))
  }

  private mutating func setMark() -> [DebuggerEffect] {
    guard let moment else { return [] }
    mark = moment.position
    return look(.mark)
  }

  private mutating func setPace(_ pace: Double?) -> [DebuggerEffect] {
    self.pace = pace.map { min(max($0, 0.125), 1e6) }
    return [.command(.pace(self.pace))]
  }

  private mutating func nextView() -> [DebuggerEffect] {
    guard let moment, let name = shownNode, let node = moment.graph.node(named: name) else { return [] }
    let views: [TensorView] = node.kind == .parameter ? [.value, .gradient, .update] : [.value, .gradient]
    let current = focus.view ?? moment.focus?.view ?? .value
    let place = views.firstIndex(of: current) ?? views.count - 1
    return choose(Focus(node: name, view: views[(place + 1) % views.count]))
  }

  mutating func choose(_ focus: Focus) -> [DebuggerEffect] {
    let focus = Focus(node: focus.node, view: focus.view, cell: self.focus.cell)
    guard focus != self.focus else { return [] }
    self.focus = focus
    return [.command(.focus(focus))]
  }

  private mutating func goToEvent() -> [DebuggerEffect] {
    switch chosenInEvents {
    case .event(let number)?: goTo(events[number])
    case .breakpoint(let number)?: edit(.toggle, number)
    case nil: []
    }
  }

  private mutating func goTo(_ entry: EventLog.Entry?) -> [DebuggerEffect] {
    guard let entry else { return [] }
    guard !entry.isOfGhost else {
      notice = .problem("This happened in a future that was left: its moment is no more.")
      return []
    }
    return look(.seek(entry.event.position))
  }

  private mutating func back() -> [DebuggerEffect] {
    if !warnings.isEmpty {
      warnings.removeAll()
      return []
    }
    if find != nil {
      find = nil
      return []
    }
    if isZoomed {
      isZoomed = false
      return []
    }
    return choose(Focus())
  }
}
