import TerminalUI
import Trace

/// What the signs of the graph mean, in as many words as there is room for.
enum GraphLegend {
  /// The longest line that fits; none where not even the shortest does.
  static func line(width: Int, hasBreakpoints: Bool) -> TextLine {
    let theme = GraphTheme()
    let muted = Style.foreground(Accents.muted)
    func sign(_ sign: String, _ style: Style, _ word: String) -> [Span] {
      [Span(sign, style), Span(" \(word)  ", muted)]
    }
    let waiting = sign("·", theme.waiting, "waiting")
    let states =
      sign("✓", theme.forwardDone, "forward") + sign("◂", theme.backwardDone, "backward")
      + sign("✗", theme.broken, "broken")
    let breakpoint = hasBreakpoints ? sign("●", theme.breakpoint, "break") : []
    let norms = sign("‖", muted, "norm") + sign("∇", .foreground(Accents.warning), "of gradient")
    let brief = sign("‖", muted, "norm") + sign("∇", .foreground(Accents.warning), "grad")
    let short =
      sign("✓", theme.forwardDone, "forward") + sign("◂", theme.backwardDone, "back")
      + sign("✗", theme.broken, "broken")
    let both = [Span("‖", muted), Span("∇", .foreground(Accents.warning)), Span(" norm  ", muted)]
    let lines = [
      waiting + states + breakpoint + norms, waiting + states + breakpoint + brief,
      states + breakpoint + brief, short + breakpoint + both, breakpoint + brief, brief,
    ]
    for spans in lines {
      var line = TextLine(spans)
      line.spans[line.spans.count - 1].text.removeLast(2)
      if line.width <= width { return line }
    }
    return TextLine()
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
        ? TextLine("  esc back", muted) : TextLine("  no such node", .foreground(Accents.bad))
    } else {
      let place = chosen.flatMap(matches.firstIndex).map { "\($0 + 1) of " } ?? ""
      tail = TextLine("  \(place)\(matches.count)")
      tail.append(find.isTyping ? "  ↓ next  enter keep  esc back" : "  N next  esc ends", muted)
    }
    let text = "/" + find.text.suffix(max(0, width - 2 - 12)) + (find.isTyping ? "▏" : "")
    let head = TextLine(text, .foreground(Accents.focus).bold)
    let room = width - head.width
    // The hint about keys goes first.
    while tail.width > room, !tail.spans.isEmpty { tail.spans.removeLast() }
    return head + tail
  }
}
