import TerminalUI
import Trace

/// The computation graph of the iteration, with the node that ran last and the chosen one marked.
struct GraphPane: PaneContent {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var title: TextLine {
    guard let moment = state.moment else { return "" }
    let count = moment.phaseNodeCount.map { "/\($0)" } ?? ""
    let phase = Style.foreground(Accents.warning)
    return TextLine([
      Span(" "), Span(moment.position.phase.name, phase), Span(" \(moment.position.node + 1)\(count)"),
    ])
  }

  var trailing: TextLine {
    let folded = state.graph.contents.count { if case .group = $0 { true } else { false } }
    return folded == 0 ? TextLine() : TextLine("\(folded) folded", .foreground(Accents.muted))
  }

  /// The find line while a node is looked for; else what the signs mean.
  func footer(width: Int) -> TextLine {
    guard let find = state.find else { return GraphLegend.line(width: width, hasBreakpoints: hasBreakpoints) }
    return GraphFindLine(find, graph: state.moment?.graph, chosen: state.shownNode).line(width: width)
  }

  private var hasBreakpoints: Bool { state.breakpoints.contains { $0.node != nil } }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let moment = state.moment, !moment.graph.nodes.isEmpty else {
      return TextLine("the graph appears as the first nodes run", .foreground(Accents.muted))
        .draw(into: &buffer, area: area)
    }
    let labels = GraphLabels(state, moment)
    let chosen = state.shownNode.flatMap { moment.graph.node(named: $0)?.id }
    GraphView(
      layout: state.graph.layout, chosen: chosen.flatMap(state.graph.box),
      current: moment.current.flatMap(state.graph.box), scroll: state.graph.scroll, node: labels.node
    ).draw(into: &buffer, area: area)
  }
}

/// Magnitudes in few columns.
enum MagnitudeText {
  /// Two significant digits: `0.031`, `12`, `1.2e−5`.
  static func of(_ value: Float) -> String {
    NumberText.trimmed(NumberText.significant(Double(value), digits: 2))
  }
}
