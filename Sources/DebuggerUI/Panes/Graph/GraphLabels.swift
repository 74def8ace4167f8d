import Localization
import Numbers
import TerminalUI
import Trace

/// What the graph pane says of each box: name, shape, magnitudes, progress and breakpoints.
struct GraphLabels {
  private let state: DebuggerState
  private let graph: GraphPaneState
  private let moment: Moment
  /// Whether a breakpoint at a node is switched on.
  private let breakpoints: [String: Bool]
  /// The nodes that findings are about.
  private let faulty: Set<String>

  init(_ state: DebuggerState, _ moment: Moment) {
    self.state = state
    graph = state.graph
    self.moment = moment
    breakpoints = Dictionary(
      state.breakpoints.compactMap { breakpoint in breakpoint.node.map { ($0, breakpoint.isEnabled) } },
      uniquingKeysWith: { $0 || $1 })
    faulty = Set(state.diagnosis.shown.compactMap(\.subject))
  }

  /// What is shown of a box of the layout; nil where the moment has no such node.
  func node(_ box: Int) -> GraphNode? {
    guard graph.contents.indices.contains(box) else { return nil }
    switch graph.contents[box] {
    case .box(let id):
      guard let (node, nodeState) = part(id) else { return nil }
      return single(node, nodeState, in: box)
    case .group(let name, let members):
      return module(name, members.compactMap(part), in: box)
    }
  }

  private typealias Part = (node: ComputationGraph.Node, state: NodeState)

  private func part(_ id: Int) -> Part? {
    guard moment.graph.nodes.indices.contains(id), moment.states.indices.contains(id) else { return nil }
    return (moment.graph.nodes[id], moment.states[id])
  }

  /// The columns of a box's label.
  private func room(of box: Int) -> Int {
    guard graph.layout.frames.indices.contains(box) else { return 0 }
    return graph.layout.frames[box].width - GraphMetrics.leading - GraphMetrics.trailing
  }

  private func single(_ node: ComputationGraph.Node, _ nodeState: NodeState, in box: Int) -> GraphNode {
    let detail = graph.detail
    var name = marked(node.name, node.kind == .operation ? .bold : .plain)
    if nodeState.progress != .failed, let shape = GraphPaneState.shape(of: node, detail) {
      name.append(" \(shape)", .foreground(Accents.muted))
    }
    if let remark = GraphPaneState.remark(on: node, detail) {
      name.append(" \(remark)", .foreground(Accents.warning))
    }
    let mark = progress([(node, nodeState)])
    let breakpoint = breakpoint([node.name])
    if detail.hasTwoLines {
      let numbers = magnitudes(nodeState)
      let strip = GraphStrip.line(nodeState, room: room(of: box) - numbers.width - 1, state)
      return GraphNode(
        [GraphLabel(name), GraphLabel(numbers, right: strip)], state: mark, breakpoint: breakpoint,
        isFaulty: faulty.contains(node.name))
    }
    let number =
      nodeState.progress == .failed
      ? Self.failed
      : GraphPaneState.showsMagnitude(of: node, detail)
        ? magnitude(nodeState.valueNorm, nodeState.gradientNorm) : TextLine()
    let strip = GraphStrip.line(nodeState, room: graph.stripWidth, state)
    let right = strip.width == 0 ? number : strip + GraphStrip.gap(before: number, node, detail) + number
    return GraphNode(
      [GraphLabel(name, right: right)], state: mark, breakpoint: breakpoint,
      isFaulty: faulty.contains(node.name))
  }

  /// A folded module: the progress of its most advanced node, the greatest magnitude in it, and how the values of its
  /// last node are spread.
  private func module(_ name: String, _ parts: [Part], in box: Int) -> GraphNode {
    let isFound = graph.find.map { find in parts.contains { find.range(in: $0.node.name) != nil } } ?? false
    let label = GraphPaneState.label(ofModule: name, parts.count)
    var line = TextLine(name, isFound ? Self.found.bold : .bold)
    line.append(String(label.dropFirst(name.count)), .foreground(Accents.muted))
    let gradients = parts.compactMap(\.state.gradientNorm)
    let number = magnitude(greatest(parts.compactMap(\.state.valueNorm)), greatest(gradients))
    let width = room(of: box) - label.count - 2 - GraphPaneState.magnitudeWidth
    let strip = parts.last.map { GraphStrip.line($0.state, room: width, state) } ?? TextLine()
    let gap = String(repeating: " ", count: 1 + max(0, GraphPaneState.magnitudeWidth - number.width))
    return GraphNode(
      [GraphLabel(line, right: strip.width == 0 ? number : strip + TextLine(gap) + number)],
      state: progress(parts), breakpoint: breakpoint(parts.map(\.node.name)),
      isFaulty: faulty.contains(name) || parts.contains { faulty.contains($0.node.name) })
  }

  /// The greatest; NaN is greater still.
  private func greatest(_ norms: [Float]) -> Float? { norms.first { $0.isNaN } ?? norms.max() }

  /// A name with the part that the search found marked.
  private func marked(_ name: String, _ style: Style) -> TextLine {
    guard let range = graph.find?.range(in: name) else { return TextLine(name, style) }
    let characters = Array(name)
    return TextLine([
      Span(String(characters[..<range.lowerBound]), style), Span(String(characters[range]), Self.found.bold),
      Span(String(characters[range.upperBound...]), style),
    ])
  }

  private static let found = Style(
    foreground: Accents.inverseText, background: Accents.warning, attributes: .underline)

  /// The gradient's norm once there is one, marked by ∇; before that the value's.
  private func magnitude(_ value: Float?, _ gradient: Float?) -> TextLine {
    gradient.map(self.gradient) ?? value.map(self.value) ?? TextLine()
  }

  private func magnitudes(_ nodeState: NodeState) -> TextLine {
    if nodeState.progress == .failed { return Self.failed }
    guard let norm = nodeState.valueNorm else {
      return nodeState.progress == .waiting
        ? TextLine(localized("not yet"), .foreground(Accents.muted)) : TextLine()
    }
    return value(norm) + (nodeState.gradientNorm.map { TextLine("  ") + gradient($0) } ?? TextLine())
  }

  private func value(_ norm: Float) -> TextLine {
    TextLine([Span("‖", .foreground(Accents.muted)), Span(NumberText.brief(Double(norm)), style(norm))])
  }

  private func gradient(_ norm: Float) -> TextLine {
    TextLine("∇\(NumberText.brief(Double(norm)))", style(norm))
  }

  private func style(_ norm: Float) -> Style {
    norm.isFinite ? .foreground(Accents.heat(norm: Double(norm))) : .foreground(Accents.bad).bold
  }

  private static var failed: TextLine { TextLine(localized("error"), .foreground(Accents.bad).bold) }

  private func progress(_ parts: [Part]) -> GraphNodeState {
    if parts.contains(where: { $0.state.isBroken || $0.state.progress == .failed }) { return .broken }
    if state.isRunning, let current = moment.current, parts.contains(where: { $0.node.id == current }) {
      return .running
    }
    if parts.contains(where: { [.backward, .updated].contains($0.state.progress) }) { return .backwardDone }
    return parts.contains { $0.state.progress == .forward } ? .forwardDone : .waiting
  }

  private func breakpoint(_ names: [String]) -> GraphNode.Breakpoint? {
    let found = names.compactMap { breakpoints[$0] }
    return found.isEmpty ? nil : found.contains(true) ? .armed : .disabled
  }
}
