import Localization
import TerminalUI
import Trace

/// The computation graph of the step, with the node that ran last and the chosen one marked.
struct GraphPane: Pane {
  static let id = PaneID.graph
  static let corner = ScreenCorner.topLeft

  let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    guard let moment = state.moment else { return "" }
    let count = moment.phaseNodeCount.map { "/\($0)" } ?? ""
    let phase = Style.foreground(Accents.warning)
    return TextLine([
      Span(" "), Span(moment.position.phase.name, phase), Span(" \(moment.position.node + 1)\(count)"),
    ])
  }

  var trailing: TextLine {
    let folded = state.graph.contents.count { if case .group = $0 { true } else { false } }
    return folded == 0 ? TextLine() : TextLine(localized("\(folded) folded"), .foreground(Accents.muted))
  }

  /// The find line while a node is searched for, otherwise what the signs mean.
  func footer(width: Int) -> TextLine {
    guard let find = state.graph.find else {
      return GraphLegend.line(width: width, hasBreakpoints: hasBreakpoints)
    }
    return GraphFindLine(find, graph: state.moment?.graph, chosen: state.shownNode).line(width: width)
  }

  private var hasBreakpoints: Bool { state.breakpoints.contains { $0.node != nil } }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let moment = state.moment, !moment.graph.nodes.isEmpty else {
      return TextLine(localized("the graph appears as the first nodes run"), .foreground(Accents.muted))
        .draw(into: &buffer, area: area)
    }
    let graph = state.graph
    GraphView(
      layout: graph.layout, chosen: state.shownNodeID.flatMap(graph.box),
      current: moment.current.flatMap(graph.box), scroll: graph.scroll, node: GraphLabels(state, moment).node
    ).draw(into: &buffer, area: area)
  }
}
