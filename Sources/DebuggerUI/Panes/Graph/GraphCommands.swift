import Localization
import TerminalUI
import Trace

extension GraphPane {
  static var commands: [CommandRow] {
    [
      .key("o", name: "fold", help: localized("graph: fold the chosen node's module, or unfold it")) {
        $0.toggleFold()
      },
      .key("O", name: "fold-all", help: localized("graph: fold all modules, level by level")) {
        $0.toggleAllFolds()
      },
      .key("W", name: "overview", help: localized("graph: show the overview, or hide it")) {
        $0.graph.wantsOverview = overview($0, $0.areas[.graph, default: Rect(.zero)]) == nil
      },
      .key("/", name: "find", help: localized("graph: find a node by its name"), hint: localized("find")) {
        $0.pane = .graph
        $0.graph.find = GraphFind(before: $0.focus)
      },
      .key("N", name: "next-match", help: localized("graph: go to the next node that was found")) {
        $0.goToMatch(by: 1)
      },
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    guard let moment = state.moment, !moment.graph.nodes.isEmpty else { return }
    let start = state.shownNodeID ?? moment.current ?? 0
    let towards: GraphDirection =
      switch direction {
      case .up, .pageUp: .up
      case .down, .pageDown: .down
      case .left: .left
      case .right: .right
      }
    let graph = state.graph
    guard var box = graph.box(of: start) ?? graph.box(of: 0) else { return }
    let first = box
    for _ in 0..<(direction == .pageUp || direction == .pageDown ? 10 : 1) {
      box = graph.layout.neighbour(of: box, towards) ?? box
    }
    if let node = box == first ? start : graph.node(of: box) { state.choose(node: node) }
  }

  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    let graph = state.graph
    if let place = overview(state, area),
      let point = overview(of: state, area).point(atX: mouse.x, y: mouse.y, area: place)
    {
      state.graph.show(point, awayFrom: state.graphAnchor)
      return
    }
    let point = GraphPoint(x: mouse.x - area.x + graph.scroll.x, y: mouse.y - area.y + graph.scroll.y)
    guard let moment = state.moment, let node = graph.layout.box(at: point).flatMap(graph.node),
      moment.graph.nodes.indices.contains(node)
    else { return }
    state.choose(Focus(node: moment.graph.nodes[node].name))
  }

  /// Keeps the laid-out graph in step with the moment, and the node that matters in view.
  static func layOut(_ state: inout DebuggerState, _ area: Rect) {
    guard let moment = state.moment else { return }
    var graph = state.graph
    let nodes = moment.graph.nodes
    let current =
      state.isRunning ? nil : moment.current.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
    graph.arrange(
      moment.graph, in: area.size, at: current?.group,
      hasSketches: moment.states.contains { $0.sketch != nil })
    if let node = state.graphAnchor { graph.show(node) }
    state.graph = graph
  }
}

extension DebuggerState {
  /// The node that is kept in view.
  fileprivate var graphAnchor: Int? {
    isRunning || focus.node != nil ? shownNodeID : moment?.current
  }

  /// Folds the chosen node's module; where it is folded already, unfolds the box it is in.
  fileprivate mutating func toggleFold() {
    guard let name = shownNode, let module = moment?.graph.node(named: name)?.group else { return }
    let around = ModuleName.levels(of: module)
    var folded = graph.folded
    if let box = around.first(where: folded.contains) {
      folded.remove(box)
    } else {
      folded.insert(module)
    }
    graph.fold(folded)
  }

  /// Folds the innermost modules, then the ones around them, and at last unfolds them all.
  fileprivate mutating func toggleAllFolds() {
    let modules = Set((moment?.graph.nodes ?? []).compactMap(\.group).flatMap(ModuleName.levels))
    let deepest = modules.map(ModuleName.depth).max() ?? 0
    let level = graph.folded.map(ModuleName.depth).min() ?? deepest + 1
    graph.fold(level <= 1 ? [] : modules.filter { ModuleName.depth($0) >= level - 1 })
  }
}

/// The levels of a module's name, `encoder.block1.fc1`.
enum ModuleName {
  /// `encoder`, `encoder.block1`, `encoder.block1.fc1`: from the outermost module in.
  static func levels(of name: String) -> [String] {
    name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) } + [name]
  }

  /// How many levels a name has.
  static func depth(_ name: String) -> Int { name.count { $0 == "." } + 1 }
}
