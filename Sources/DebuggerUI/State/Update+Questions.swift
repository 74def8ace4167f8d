import TerminalUI
import Trace

extension DebuggerState {
  /// Asks the run for something that it can only do where it stands or plays; says so where it has ended.
  mutating func ask(_ command: Command) -> [DebuggerEffect] {
    if case .failed = status {
      notice = .problem("The run has ended with an error: nothing more can be asked of it.")
      return []
    }
    return [.command(command)]
  }

  /// Why a key that is about a node did nothing.
  var noNodeChosen: Notice {
    guard let moment, !moment.graph.nodes.isEmpty else {
      return .problem("No node is chosen yet: there are none before the first step.")
    }
    return .problem("No node is chosen: the arrows choose one in pane 1.")
  }

  /// Looks for the cause of a cell: one that is named, or that of the node pane; of a whole node elsewhere.
  mutating func findCause(node: String?, cell: Int?) -> [DebuggerEffect] {
    guard let name = node ?? shownNode else {
      notice = noNodeChosen
      return []
    }
    let tensor = moment?.focus.flatMap { $0.node == name ? $0 : nil }
    let cell = cell ?? (node == nil && pane == .node && tensor != nil ? chosenCell : nil)
    let view = tensor?.view ?? .value
    let effects = ask(.findCause(node: name, view: view, cell: cell))
    if !effects.isEmpty { notice = .waiting("looking for where it began in \(name) …") }
    return effects
  }

  /// Checks the gradient at the cell in the node pane.
  mutating func checkGradientHere() -> [DebuggerEffect] {
    guard let tensor = moment?.focus, let cell = chosenCell,
      moment?.graph.node(named: tensor.node)?.kind == .parameter
    else {
      let name = shownNode.map { "\($0) is no parameter" } ?? "No node is chosen"
      notice = .problem("\(name): choose a parameter and a cell in pane 2, then G.")
      return []
    }
    return checkGradient(of: tensor.node, at: cell)
  }

  /// Checks a parameter's gradient at a cell.
  mutating func checkGradient(of parameter: String, at cell: Int) -> [DebuggerEffect] {
    let effects = ask(.checkGradient(parameter: parameter, cell: cell))
    if !effects.isEmpty { notice = .waiting("checking the gradient of \(parameter) …") }
    return effects
  }

  /// The place in row-major order of the cell that the node pane reads out.
  private var chosenCell: Int? {
    guard let tensor = moment?.focus, !tensor.values.isEmpty else { return nil }
    return flatCell
  }

  /// Changes something; behind the head the user is asked first what becomes of the old future.
  mutating func change(_ change: Change) -> [DebuggerEffect] {
    if moment?.isBehindHead == true, status == .paused || status == .finished {
      overlay = .futureQuestion(change)
      return []
    }
    if status == .finished {
      notice = .problem("Training has come to its end: go back first, and another future begins there.")
      return []
    }
    return ask(.change(change, future: .dropped))
  }

  /// Obeys a key while the user is asked what becomes of the old future.
  mutating func answerFutureQuestion(_ key: Key, _ change: Change) -> [DebuggerEffect] {
    switch key {
    case .character("k"), .character("K"): return fork(change, .ghost)
    case .character("d"), .character("D"): return fork(change, .dropped)
    case .escape, .character("q"): overlay = nil
    default: break
    }
    return []
  }

  private mutating func fork(_ change: Change, _ future: Future) -> [DebuggerEffect] {
    overlay = nil
    return ask(.change(change, future: future))
  }

  /// Obeys a key while the way to a cause is shown; nil if it is another's.
  mutating func press(_ key: Key, in cause: Cause) -> [DebuggerEffect]? {
    let last = max(0, cause.path.count - 1)
    switch key {
    case .up, .character("k"): causeRow = max(0, causeRow - 1)
    case .down, .character("j"): causeRow = min(last, causeRow + 1)
    case .pageUp: causeRow = max(0, causeRow - 10)
    case .pageDown: causeRow = min(last, causeRow + 10)
    case .home: causeRow = 0
    case .end: causeRow = last
    case .enter:
      overlay = nil
      guard cause.path.indices.contains(causeRow) else { return [] }
      let step = cause.path[causeRow]
      choose(step.index, of: step.node)
      return choose(Focus(node: step.node, view: step.view)) + look(.seek(step.position))
    case .escape, .character("q"): overlay = nil
    default: return nil
    }
    return []
  }

  /// Puts the cell cursor on a cell of a node.
  private mutating func choose(_ index: [Int]?, of node: String) {
    guard let index, let shape = moment?.graph.node(named: node)?.shape, index.count == shape.count else {
      return
    }
    let place = zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
    let columns = max(1, shape.last ?? 1)
    cell = Matrix.Place(row: place / columns, column: place % columns)
    focus.cell = place
  }

  /// Shows an answer of the run, unless a question is open that must be answered first.
  mutating func show(_ answer: Overlay) {
    switch overlay {
    case .quitQuestion, .futureQuestion: break
    case nil, .help, .cause, .gradientCheck: overlay = answer
    }
  }
}
