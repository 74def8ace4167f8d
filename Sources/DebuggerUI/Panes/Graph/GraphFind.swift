import Localization
import TerminalUI
import Trace

/// The search for a node by its name: what was typed, and which nodes match.
package struct GraphFind: Sendable, Equatable {
  /// What a name must contain, in any case.
  package var text = ""
  /// Whether keys go into the line.
  package var isTyping = true
  /// The choice before the search, to return to.
  let before: Focus

  /// A search that begins.
  init(before: Focus) { self.before = before }

  /// The nodes found, by id, in the order of the graph; none for an empty line.
  func matches(in graph: ComputationGraph) -> [Int] {
    guard !text.isEmpty else { return [] }
    let wanted = text.lowercased()
    return graph.nodes.filter { $0.name.lowercased().contains(wanted) }.map(\.id)
  }

  /// Where the text is in a name, counted in characters; nil where it is not.
  func range(in name: String) -> Range<Int>? {
    let (name, wanted) = (Array(name.lowercased()), Array(text.lowercased()))
    guard !wanted.isEmpty, wanted.count <= name.count else { return nil }
    return (0...name.count - wanted.count)
      .first { name[$0..<$0 + wanted.count] == wanted[...] }
      .map { $0..<$0 + wanted.count }
  }
}

extension GraphPane {
  static func press(_ key: Key, _ state: inout DebuggerState) -> Bool {
    guard var find = state.graph.find, find.isTyping else { return false }
    switch key {
    case .escape: state.cancelFind()
    case .enter:
      find.isTyping = false
      state.graph.find = find.text.isEmpty ? nil : find
    case .down, .tab: state.goToMatch(by: 1)
    case .up, .backTab: state.goToMatch(by: -1)
    case .backspace where find.text.isEmpty: state.cancelFind()
    case .backspace: state.find(String(find.text.dropLast()))
    case .character(let character): state.find(find.text + String(character))
    default: break
    }
    return true
  }

  static func hints(_ state: DebuggerState) -> [KeyHints.Hint]? {
    guard state.graph.find?.isTyping == true else { return nil }
    return [
      .init("↓", localized("next"), press: .down), .init("↑", localized("previous"), press: .up),
      .init(localized("enter"), localized("keep"), press: .enter),
      .init(localized("esc"), localized("back"), press: .escape),
    ]
  }

  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.graph.find != nil else { return false }
    state.graph.find = nil
    return true
  }
}

extension DebuggerState {
  /// Searches for a text, and goes to the first node found.
  fileprivate mutating func find(_ text: String) {
    graph.find?.text = text
    if let moment, let first = graph.find?.matches(in: moment.graph).first { choose(node: first) }
  }

  /// Ends the search and returns to what was chosen before it.
  fileprivate mutating func cancelFind() {
    guard let before = graph.find?.before else { return }
    graph.find = nil
    choose(before)
  }

  /// Goes to the next node that was found, or the one before, round and round.
  mutating func goToMatch(by step: Int) {
    guard let find = graph.find, let moment else { return }
    let matches = find.matches(in: moment.graph)
    guard !matches.isEmpty else { return }
    let chosen = shownNodeID ?? -1
    guard let place = matches.firstIndex(of: chosen) else {
      let after = step > 0 ? matches.first { $0 > chosen } : matches.last { $0 < chosen }
      return choose(node: after ?? (step > 0 ? matches[0] : matches[matches.count - 1]))
    }
    choose(node: matches[(place + step + matches.count) % matches.count])
  }
}

/// The line in which the name of a node is typed, with what was found.
struct GraphFindLine {
  private let find: GraphFind
  private let matches: [Int]
  private let chosen: Int?

  init(_ find: GraphFind, graph: ComputationGraph?, chosen: String?) {
    self.find = find
    matches = graph.map(find.matches) ?? []
    self.chosen = chosen.flatMap { name in graph?.node(named: name)?.id }
  }

  /// The line, its end where it is too long.
  func line(width: Int) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    var tail = TextLine()
    if matches.isEmpty {
      tail =
        find.text.isEmpty
        ? TextLine(localized("  esc back"), muted)
        : TextLine(localized("  no such node"), .foreground(Accents.bad))
    } else {
      let place = chosen.flatMap(matches.firstIndex).map { localized("\($0 + 1) of \(matches.count)") }
      tail = TextLine("  " + (place ?? "\(matches.count)"))
      tail.append(
        find.isTyping ? localized("  ↓ next  enter keep  esc back") : localized("  N next  esc end"), muted)
    }
    let text = "/" + find.text.suffix(max(0, width - 2 - 12)) + (find.isTyping ? "▏" : "")
    let head = TextLine(text, .foreground(Accents.focus).bold)
    let room = width - head.width
    // The hint about keys goes first.
    while tail.width > room, !tail.spans.isEmpty { tail.spans.removeLast() }
    return head + tail
  }
}
