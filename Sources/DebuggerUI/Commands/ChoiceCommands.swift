import Localization
import TerminalUI
import Trace

/// The commands that choose the node and the view that all panes show.
enum ChoiceCommands {
  static var rows: [CommandRow] {
    [
      .key(
        "v", name: "view",
        help: localized("show the node's value, gradient, update or other tensors"),
        hint: localized("view")
      ) {
        $0.nextView()
      }
      .taking(
        localized("[VIEW]"), .words(ArgumentReading.views.map(\.name)), example: "gradient",
        ArgumentReading.view),
      .typed(
        "focus", localized("NODE|CELL"), .node, example: "fc1.weight[3,4]",
        help: localized("choose a node or a module by its name, or one of a node's cells")
      ) {
        (arguments, state) throws(ConsoleError) in
        guard arguments.text.contains("[") else {
          let node = try arguments.node(state, orModule: true)
          let shown = state.nodeNames.contains(node) ? node : state.node(ofModule: node) ?? node
          return { $0.choose(Focus(node: shown)) }
        }
        let cell = try CellReference(Array(arguments.text), of: .node, column: arguments.column, state)
        let place = try cell.knownPlace
        return { $0.choose(cell: place, of: cell.owner) }
      },
      .typed(
        "rank", localized("NUMBER"), .rank, example: "1",
        help: localized("show another of the processes that train together")
      ) {
        (arguments, state) throws(ConsoleError) in
        let rank = try arguments.rank(state)
        return { $0.send(.rank(rank)) }
      }
      .needing(.chooseRank),
      .key("f", name: "follow", help: localized("follow the run again, not the chosen node")) {
        $0.choose(Focus())
      },
    ]
  }
}

extension DebuggerState {
  /// Checks a choice that was made before all names were known: a module is shown by its node, an unknown name is dropped.
  mutating func checkChoice() {
    guard let node = focus.node, !nodeNames.contains(node) else { return }
    if let shown = self.node(ofModule: node) { return choose(Focus(node: shown)) }
    warnings.append(ConsoleError.unknownNode(node, nodeNames))
    choose(Focus())
  }

  /// Chooses a cell of a node, in the view that is shown of it.
  fileprivate mutating func choose(cell place: Int, of node: String) {
    let isShown = moment?.focus?.node == node
    choose(
      Focus(
        node: node, view: isShown ? focus.view ?? moment?.focus?.view : nil, part: isShown ? focus.part : nil)
    )
    follow([FollowedCell(node: node, cell: place)])
    guard isShown, let tensor = moment?.focus else { return }
    cell = tensor.shownCell(at: place)
  }

  fileprivate mutating func nextView() {
    guard let moment, let name = shownNode, let node = moment.graph.node(named: name) else { return }
    let views: [TensorView] = node.kind == .parameter ? [.value, .gradient, .update] : [.value, .gradient]
    let choices =
      views.map { Focus(node: name, view: $0) }
      + (moment.focus?.parts ?? []).map { Focus(node: name, view: .value, part: $0) }
    let part = focus.part ?? moment.focus?.part
    let current = part == nil ? focus.view ?? moment.focus?.view ?? .value : .value
    let place = choices.firstIndex { $0.view == current && $0.part == part } ?? choices.count - 1
    choose(choices[(place + 1) % choices.count])
  }
}
