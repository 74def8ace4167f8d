import Localization
import Trace

extension DebuggerState {
  /// Gives the run a command.
  mutating func send(_ command: Command) { effects.append(.command(command)) }

  /// Whether there is a run that can show other moments.
  var canVisit: Bool {
    switch status {
    case .paused, .running, .finished, .halted: true
    case .preparing, .failed: false
    }
  }

  /// Asks for another moment, where there is a run to ask.
  mutating func visit(_ command: Command) {
    if canVisit, !pausesFirst(for: command) { send(command) }
  }

  /// Pauses a script that runs where an earlier moment is asked for, which it shows only while it is paused, and says so.
  mutating func pausesFirst(for command: Command) -> Bool {
    guard status == .running, let description, description.isScript, description.source == .live else {
      return false
    }
    switch command {
    case .seek, .seekHead, .previousNode, .previousPhase, .previousStep: break
    default: return false
    }
    status = .paused
    send(.pause)
    notice = .problem(localized("A running script cannot go back: it pauses now; then press the key again."))
    return true
  }

  /// Asks the run for something, and says what is waited for; or that a run that failed takes no more commands.
  mutating func ask(_ command: Command, waiting text: String? = nil) {
    if case .failed = status {
      notice = .problem(localized("The run has ended with an error and takes no more commands."))
      return
    }
    send(command)
    if case .change = command { parts[AskedChange.self].isOpen = true }
    if let text { notice = .waiting(text) }
  }

  /// Chooses a node and a view of it.
  mutating func choose(_ focus: Focus) {
    var wanted = self.focus
    (wanted.node, wanted.view, wanted.part) = (focus.node, focus.view, focus.part)
    guard wanted != self.focus else { return }
    self.focus = wanted
    send(.focus(wanted))
  }

  /// Chooses a node of the graph by its id; the view stays where the node does.
  mutating func choose(node: Int) {
    guard let nodes = moment?.graph.nodes, nodes.indices.contains(node) else { return }
    choose(Focus(node: nodes[node].name, view: nodes[node].name == shownNode ? focus.view : nil))
  }

  /// The node that is shown: the chosen one, or the one of the shown tensor.
  package var shownNode: String? { focus.node ?? moment?.focus?.node ?? thumbnail?.node }

  /// The id of that node in the moment's graph.
  var shownNodeID: Int? { shownNode.flatMap { moment?.graph.node(named: $0)?.id } }

  /// The recorded picture of the node that is shown, where its tensor is not available.
  var thumbnail: Thumbnail? {
    guard let moment, moment.focus == nil, !moment.thumbnails.isEmpty else { return nil }
    let (node, view) = focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: isRunning)
    let ofNode = moment.thumbnails.filter { $0.node == node?.name }
    return ofNode.first { $0.view == view } ?? (focus.view == nil ? ofNode.first : nil)
  }

  /// Why a key that is about a node did nothing.
  var noNodeChosen: Notice {
    guard let moment, !moment.graph.nodes.isEmpty else {
      return .problem(localized("No node is chosen yet: there are none before the first step."))
    }
    return .problem(localized("No node is chosen: choose one with the arrows in the graph pane."))
  }

  /// Follows cells from node to node from now on.
  mutating func follow(_ cells: [FollowedCell]) {
    guard focus.followed != cells else { return }
    focus.followed = cells
    send(.focus(focus))
  }

  /// The cell's place in the shown tensor in row-major order.
  package var flatCell: Int { moment?.focus?.place(row: cell.row, column: cell.column) ?? cell.column }
}
