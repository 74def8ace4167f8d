import TerminalUI
import Trace

extension DebuggerState {
  /// Opens the find line of the graph; an earlier search is forgotten.
  mutating func openFind() -> [DebuggerEffect] {
    pane = .graph
    find = GraphFind(before: focus)
    return []
  }

  /// A key while the find line is open.
  mutating func pressInFind(_ key: Key) -> [DebuggerEffect] {
    guard var find else { return [] }
    switch key {
    case .escape: return closeFind()
    case .enter:
      find.isTyping = false
      self.find = find.text.isEmpty ? nil : find
      return []
    case .down, .tab: return goToMatch(by: 1)
    case .up, .backTab: return goToMatch(by: -1)
    case .backspace:
      guard !find.text.isEmpty else { return closeFind() }
      find.text.removeLast()
    case .character(let character): find.text.append(character)
    default: return []
    }
    self.find = find
    guard let moment, let first = find.matches(in: moment.graph).first else { return [] }
    return chooseNode(first)
  }

  /// Ends the search and returns to what was chosen before it.
  mutating func closeFind() -> [DebuggerEffect] {
    guard let before = find?.before else { return [] }
    find = nil
    return choose(before)
  }

  /// Goes on among the nodes found, round and round.
  mutating func goToMatch(by step: Int) -> [DebuggerEffect] {
    guard let find, let moment else { return [] }
    let matches = find.matches(in: moment.graph)
    guard !matches.isEmpty else { return [] }
    let chosen = shownNode.flatMap { moment.graph.node(named: $0)?.id } ?? -1
    guard let place = matches.firstIndex(of: chosen) else {
      let after = step > 0 ? matches.first { $0 > chosen } : matches.last { $0 < chosen }
      return chooseNode(after ?? (step > 0 ? matches[0] : matches[matches.count - 1]))
    }
    return chooseNode(matches[(place + step + matches.count) % matches.count])
  }

  private mutating func chooseNode(_ node: Int) -> [DebuggerEffect] {
    guard let nodes = moment?.graph.nodes, nodes.indices.contains(node) else { return [] }
    return choose(Focus(node: nodes[node].name, view: nodes[node].name == shownNode ? focus.view : nil))
  }
}
