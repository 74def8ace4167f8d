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

  /// What the signs before the magnitudes mean.
  var trailing: TextLine {
    TextLine([
      Span("‖ norm of value  ", .foreground(Accents.muted)),
      Span("∇ of gradient", .foreground(Accents.warning)),
    ])
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let moment = state.moment, !moment.graph.nodes.isEmpty else {
      return TextLine("the graph appears as the first nodes run", .foreground(Accents.muted))
        .draw(into: &buffer, area: area)
    }
    let nodes = zip(moment.graph.nodes, moment.states).map(graphNode)
    GraphView(
      layout: state.graph.layout, nodes: nodes,
      chosen: state.shownNode.flatMap { moment.graph.node(named: $0)?.id }, current: moment.current,
      scroll: state.graph.scroll
    ).draw(into: &buffer, area: area)
  }

  private func graphNode(_ node: ComputationGraph.Node, _ nodeState: NodeState) -> GraphNode {
    let detail = state.graph.detail
    var name = TextLine(node.name, node.kind == .operation ? .bold : .plain)
    if let shape = GraphPaneState.shape(of: node, detail) {
      name.append(" \(shape)", .foreground(Accents.muted))
    }
    if detail == .full {
      return GraphNode([GraphLabel(name), GraphLabel(magnitudes(nodeState))], state: mark(nodeState))
    }
    let right = GraphPaneState.showsMagnitude(of: node, detail) ? magnitude(nodeState) : TextLine()
    return GraphNode([GraphLabel(name, right: right)], state: mark(nodeState))
  }

  /// The gradient's norm once there is one, marked by ∇; before that the value's.
  private func magnitude(_ nodeState: NodeState) -> TextLine {
    if let norm = nodeState.gradientNorm { return gradient(norm) }
    return nodeState.valueNorm.map(value) ?? TextLine()
  }

  private func magnitudes(_ nodeState: NodeState) -> TextLine {
    guard let norm = nodeState.valueNorm else { return TextLine("not yet", .foreground(Accents.muted)) }
    return value(norm) + (nodeState.gradientNorm.map { TextLine("  ") + gradient($0) } ?? TextLine())
  }

  private func value(_ norm: Float) -> TextLine {
    TextLine([Span("‖", .foreground(Accents.muted)), Span(MagnitudeText.of(norm))])
  }

  private func gradient(_ norm: Float) -> TextLine {
    TextLine("∇\(MagnitudeText.of(norm))", .foreground(Accents.warning))
  }

  private func mark(_ nodeState: NodeState) -> GraphNodeState {
    if nodeState.isBroken { return .broken }
    return switch nodeState.progress {
    case .waiting: .waiting
    case .forward: .forwardDone
    case .backward, .updated: .backwardDone
    }
  }
}

/// Magnitudes in few columns.
enum MagnitudeText {
  /// Two significant digits: `0.031`, `12`, `1.2e−5`.
  static func of(_ value: Float) -> String {
    NumberText.trimmed(NumberText.significant(Double(value), digits: 2))
  }
}
