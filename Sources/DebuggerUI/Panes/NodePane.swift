import TerminalUI
import Trace

/// The chosen node's tensor: its numbers in words, as a heat map, and one cell exactly.
struct NodePane: PaneContent {
  private let state: DebuggerState
  private var tensor: TensorSnapshot? { state.moment?.focus }

  init(_ state: DebuggerState) { self.state = state }

  var title: TextLine {
    guard let name = tensor?.node ?? state.focus.node else { return "" }
    var line = TextLine([Span(" "), Span(name, .bold)])
    if let view = tensor?.view ?? state.focus.view {
      line.append(" \(viewName(view))", .foreground(Accents.warning))
    }
    return line
  }

  var trailing: TextLine {
    guard let tensor else { return "" }
    return TextLine(ShapeText.of(tensor.shape), .foreground(Accents.muted))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let tensor else { return Paragraph([absence]).draw(into: &buffer, area: area) }
    for (row, line) in statistics(tensor.statistics, width: area.width).enumerated() {
      line.draw(into: &buffer, area: area.row(row))
    }
    guard let (map, place) = NodePane.picture(state, area: area, capabilities: buffer.capabilities) else {
      return
    }
    map.draw(into: &buffer, area: place)
    readout(tensor).draw(into: &buffer, area: area.row(place.y - area.y - 1))
  }

  /// The heat map and where it stands in the pane.
  static func picture(
    _ state: DebuggerState, area: Rect, capabilities: Capabilities
  ) -> (map: HeatMap, area: Rect)? {
    guard let tensor = state.moment?.focus else { return nil }
    let (rows, columns) = tensor.matrixSize
    let pane = NodePane(state)
    let above = pane.statistics(tensor.statistics, width: area.width).count + 1
    let place = area.inset(top: above)
    guard rows > 0, !place.isEmpty else { return nil }
    let map = HeatMap(
      Matrix(rows: rows, columns: columns, values: tensor.values), rule: .deviations(4),
      cursor: state.pane == .node ? state.cell : nil)
    return (map, place)
  }

  private var absence: TextLine {
    let muted = Style.foreground(Accents.muted)
    guard let name = state.focus.node else { return TextLine("nothing has run yet: press . or space", muted) }
    let what = state.focus.view.map(viewName) ?? "value"
    return TextLine("\(name) has no \(what) at this moment", muted)
  }

  private func viewName(_ view: TensorView) -> String {
    switch view {
    case .value: "value"
    case .gradient: "gradient"
    case .update: "last update"
    }
  }

  private func readout(_ tensor: TensorSnapshot) -> TextLine {
    let (rows, columns) = tensor.matrixSize
    guard rows > 0, columns > 0, state.pane == .node else { return "" }
    let value = tensor.values[state.cell.row * columns + state.cell.column]
    let index = tensor.shape.count < 2 ? "\(state.cell.column)" : "\(state.cell.row),\(state.cell.column)"
    return TextLine([Span("[\(index)] = ", .foreground(Accents.focus)), Span("\(value)", .bold)])
  }

  /// The statistics as facts in as many lines as the width needs.
  private func statistics(_ statistics: TensorStatistics, width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let bad = Style.foreground(Accents.bad).bold
    func number(_ value: Float) -> String {
      NumberText.trimmed(NumberText.significant(Double(value), digits: 3))
    }
    var facts: [(String, String, Style)] = [
      ("min", number(statistics.minimum), .plain), ("max", number(statistics.maximum), .plain),
      ("mean", number(statistics.mean), .plain), ("σ", number(statistics.deviation), .plain),
      ("norm", number(statistics.norm), .plain),
      ("zero", "\(NumberText.fixed(Double(statistics.zeroShare) * 100, decimals: 0)) %", .plain),
    ]
    if statistics.nanCount > 0 { facts.append(("NaN", "\(statistics.nanCount)", bad)) }
    if statistics.infiniteCount > 0 { facts.append(("inf", "\(statistics.infiniteCount)", bad)) }
    var lines: [TextLine] = [TextLine()]
    for (name, value, style) in facts {
      let fact = TextLine([Span("\(name) ", muted), Span(value, style)])
      let last = lines[lines.count - 1]
      if last.width > 0, last.width + 2 + fact.width > width {
        lines.append(fact)
      } else {
        lines[lines.count - 1] = last.width == 0 ? fact : last + TextLine("  ") + fact
      }
    }
    return lines
  }
}
