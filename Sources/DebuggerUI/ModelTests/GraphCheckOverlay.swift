import Localization
import Numbers
import TerminalUI
import Trace

/// Every operator and every parameter beside finite differences, the worst first; Enter shows its node.
package struct GraphCheckOverlay: Overlay {
  private let check: GraphGradientCheck
  private var row = 0

  /// What the check has shown.
  package init(_ check: GraphGradientCheck) { self.check = check }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    if ListKeys.move(&row, by: key, of: check.rows.count) { return .open }
    switch key {
    case .enter:
      if check.rows.indices.contains(row) { state.choose(Focus(node: check.rows[row].node)) }
      return .closed
    case .escape, .character("q"): return .closed
    default: return .ignored
    }
  }

  package mutating func scroll(by rows: Int, _ state: DebuggerState) {
    row = max(0, min(row + rows, check.rows.count - 1))
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let judgement = check.rows.first?.worst.judgement ?? .provesNothing
    let (mark, color) = judgement.look
    let cells = rows
    let widths = (0..<6).map { column in
      max(GraphCheckOverlay.headers[column].count, cells.map { $0[column].width }.max() ?? 0)
    }
    let wanted = Size(width: max(76, widths.reduce(5 + 5, +)), height: cells.count + 1)
    ResultBox(
      title: localized("Derivatives beside finite differences"), color: color,
      conclusion: "\(mark) \(check.conclusion)",
      keys: [
        ("↑ ↓", localized("choose")), (localized("enter"), localized("show the node")),
        (localized("esc"), localized("close")),
      ]
    ).draw(into: &buffer, area, wanted: wanted) { buffer, area in
      Table(
        columns: (0..<6).map { column in
          Table.Column(
            GraphCheckOverlay.headers[column], column == 1 ? .fill(1) : .fixed(widths[column]))
        }, rows: cells, selectedRow: row
      ).draw(into: &buffer, area: area)
    }
  }

  private static var headers: [String] {
    [
      "", localized("checked"), localized("cell"), localized("backward"), localized("difference"),
      localized("error"),
    ]
  }

  private var rows: [[TextLine]] {
    check.rows.map { row in
      let (mark, color) = row.worst.judgement.look
      let muted = Style.foreground(Accents.muted)
      return [
        TextLine(mark, .foreground(color).bold),
        TextLine([
          Span(row.node, .bold), Span(row.input.map { " → \($0)" } ?? " " + localized("parameter"), muted),
        ]),
        TextLine("[\(row.worst.index.map(String.init).joined(separator: ","))]", muted),
        TextLine(number(row.worst.gradient, 5)), TextLine(number(row.worst.difference, 5)),
        TextLine(number(row.worst.relativeError, 2)),
      ]
    }
  }

  private func number(_ value: Double, _ digits: Int) -> String {
    NumberText.trimmed(NumberText.significant(value, digits: digits))
  }
}
