import TerminalUI
import Trace

extension DebuggerState {
  /// Obeys a key.
  mutating func press(_ key: Key) -> [DebuggerEffect] {
    if overlay == .quitQuestion { return answerQuitQuestion(key) }
    if overlay == nil, find?.isTyping == true { return pressInFind(key) }
    guard let action = KeyMap.action(for: key) else { return [] }
    if overlay == .help { return pressInHelp(action) }
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

  private mutating func pressInHelp(_ action: Action) -> [DebuggerEffect] {
    let last = lastHelpRow
    switch action {
    case .move(.up): helpRow = max(0, helpRow - 1)
    case .move(.down): helpRow = min(last, helpRow + 1)
    case .move(.pageUp): helpRow = max(0, helpRow - 10)
    case .move(.pageDown): helpRow = min(last, helpRow + 10)
    case .help, .back, .quit, .zoom: overlay = nil
    default:
      overlay = nil
      return perform(action)
    }
    return []
  }

  /// The first row of the help text when it is scrolled to its end.
  var lastHelpRow: Int { max(0, HelpOverlay.lines.count - ScreenLayout.helpHeight(size)) }

  private mutating func perform(_ action: Action) -> [DebuggerEffect] {
    switch action {
    case .playOrPause: return togglePlay()
    case .stepNode: return step(.stepNode)
    case .stepPhase: return step(.stepPhase)
    case .stepIteration: return step(.stepIteration)
    case .stepNodeBack: return visit(.stepNodeBack)
    case .stepPhaseBack: return visit(.stepPhaseBack)
    case .stepIterationBack: return visit(.stepIterationBack)
    case .toStart: return look(.seek(.start))
    case .toHead: return moment?.isBehindHead == true ? look(.seekHead) : []
    case .setMark: mark = moment?.position ?? mark
    case .toMark: return mark.map { look(.seek($0)) } ?? []
    case .slower: return setPace((pace ?? speed.iterationsPerSecond ?? 60) / 2)
    case .faster: return setPace(pace.map { $0 * 2 })
    case .fullSpeed: return setPace(nil)
    case .nextPane: pane = pane.next
    case .previousPane: pane = pane.previous
    case .pane(let chosen): pane = chosen
    case .move(let direction): return move(direction)
    case .nextView: return nextView()
    case .followRun: return choose(Focus())
    case .look(let look): return obey(look)
    case .zoom: isZoomed.toggle()
    case .logarithm: isLossLogarithmic.toggle()
    case .help:
      overlay = .help
      helpRow = 0
    case .back: return back()
    case .quit:
      guard isRunning else { return [.quit] }
      overlay = .quitQuestion
    }
    return []
  }

  private mutating func togglePlay() -> [DebuggerEffect] {
    switch status {
    case .running, .preparing: return [.command(.pause)]
    case .paused:
      status = .running
      return [.command(.run)]
    case .finished, .failed: return []
    }
  }

  private mutating func step(_ command: Command) -> [DebuggerEffect] {
    switch status {
    case .paused: return follow(command)
    case .running: return [.command(.pause)]
    case .preparing, .finished, .failed: return []
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

  private mutating func move(_ direction: Action.Direction) -> [DebuggerEffect] {
    switch pane {
    case .graph: return moveInGraph(direction)
    case .node: return moveCell(direction)
    case .gradients: firstBar = max(0, min(firstBar + rows(direction), (moment?.parameters.count ?? 1) - 1))
    case .bridge, .loss, .batch: break
    }
    return []
  }

  private mutating func moveInGraph(_ direction: Action.Direction) -> [DebuggerEffect] {
    guard let moment, !moment.graph.nodes.isEmpty else { return [] }
    let start = shownNode.flatMap { moment.graph.node(named: $0)?.id } ?? moment.current ?? 0
    let towards: GraphDirection =
      switch direction {
      case .up, .pageUp: .up
      case .down, .pageDown: .down
      case .left: .left
      case .right: .right
      }
    guard var box = graph.box(of: start) ?? graph.box(of: 0) else { return [] }
    let first = box
    for _ in 0..<(direction == .pageUp || direction == .pageDown ? 10 : 1) {
      box = graph.layout.neighbour(of: box, towards) ?? box
    }
    guard let node = box == first ? start : graph.node(of: box), moment.graph.nodes.indices.contains(node)
    else { return [] }
    return choose(Focus(node: moment.graph.nodes[node].name, view: node == start ? focus.view : nil))
  }

  private func rows(_ direction: Action.Direction) -> Int {
    switch direction {
    case .up: -1
    case .down: 1
    case .pageUp: -10
    case .pageDown: 10
    case .left, .right: 0
    }
  }
}
