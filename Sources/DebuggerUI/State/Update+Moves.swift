import TerminalUI
import Trace

extension DebuggerState {
  /// Moves within the focused pane.
  mutating func move(_ direction: Action.Direction) -> [DebuggerEffect] {
    switch pane {
    case .graph: return moveInGraph(direction)
    case .node: return moveCell(direction)
    case .gradients: scrollBars(rows(direction))
    case .bridge: scrollBridge(rows(direction))
    case .batch: moveSample(direction)
    case .events: moveInEvents(by: rows(direction))
    case .loss: break
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
