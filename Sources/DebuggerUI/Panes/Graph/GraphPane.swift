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
      return GraphLegend.line(width: width, hasBreakpoints: hasBreakpoints, hasFaults: hasFaults)
    }
    return GraphFindLine(find, graph: state.moment?.graph, chosen: state.shownNode).line(width: width)
  }

  private var hasFaults: Bool { state.diagnosis.shown.contains { $0.subject != nil } }

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
    if let place = GraphPane.overview(state, area) {
      GraphPane.overview(of: state, area).draw(into: &buffer, area: place)
    }
  }

  /// The cells of the overview in the pane, in a corner where it covers no node; nil where it is not shown.
  static func overview(_ state: DebuggerState, _ area: Rect) -> Rect? {
    let graph = state.graph
    guard graph.wantsOverview != false else { return nil }
    let size = GraphOverview.size(of: graph.layout, in: area.size)
    guard size.width < area.width, size.height < area.height else { return nil }
    let (right, bottom) = (area.maxX - size.width, area.maxY - size.height)
    let corners = [(right, bottom), (right, area.y), (area.x, bottom), (area.x, area.y)]
    let free = corners.lazy.map { Rect(x: $0.0, y: $0.1, width: size.width, height: size.height) }.first {
      corner in
      !graph.layout.frames.contains { frame in
        let shown = Rect(
          x: frame.x - graph.scroll.x + area.x, y: frame.y - graph.scroll.y + area.y, width: frame.width,
          height: frame.height)
        return !shown.intersection(corner).isEmpty
      }
    }
    if graph.wantsOverview == nil { return graph.isCut(in: area.size) ? free : nil }
    return free ?? Rect(x: right, y: bottom, width: size.width, height: size.height)
  }

  /// The overview of the graph as the pane shows it.
  static func overview(of state: DebuggerState, _ area: Rect) -> GraphOverview {
    let graph = state.graph
    return GraphOverview(
      layout: graph.layout,
      view: Rect(x: graph.scroll.x, y: graph.scroll.y, width: area.width, height: area.height),
      chosen: state.shownNodeID.flatMap(graph.box), current: state.moment?.current.flatMap(graph.box))
  }
}
