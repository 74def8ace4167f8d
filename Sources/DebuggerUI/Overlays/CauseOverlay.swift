import Localization
import Numbers
import TerminalUI
import Trace

/// The path from a broken value back to where it began, and what began there.
package struct CauseOverlay: Overlay {
  private let cause: Cause
  /// The chosen step of the path.
  package private(set) var row = 0

  /// The answer to a cause search.
  package init(_ cause: Cause) { self.cause = cause }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    if ListKeys.move(&row, by: key, of: cause.path.count) { return .open }
    switch key {
    case .enter:
      goThere(&state)
      return .closed
    case .escape, .character("q"): return .closed
    default: return .ignored
    }
  }

  package mutating func scroll(by rows: Int, _ state: DebuggerState) {
    row = max(0, min(row + rows, cause.path.count - 1))
  }

  /// Shows the moment and the cell of the chosen step.
  private func goThere(_ state: inout DebuggerState) {
    guard cause.path.indices.contains(row) else { return }
    let step = cause.path[row]
    state.choose(Focus(node: step.node, view: step.view))
    if let index = step.index, let shape = state.moment?.graph.node(named: step.node)?.shape,
      index.count == shape.count
    {
      let place = zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
      let columns = max(1, shape.last ?? 1)
      state.cell = Matrix.Place(row: place / columns, column: place % columns)
      state.followsByItself = false
      state.follow([FollowedCell(node: step.node, cell: place)])
    }
    state.visit(.seek(step.position))
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let width = min(area.width - 4, max(56, widest + 4))
    let conclusion = TextLine(cause.conclusion, .bold).wrapped(width: width - 4)
    let rest = conclusion.count + 5
    let height = min(area.height - 2, cause.path.count + rest)
    let box = area.centered(Size(width: width, height: height))
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: TextLine(CauseOverlay.question(cause.defect), .foreground(Accents.warning).bold),
      style: .foreground(Accents.warning))
    frame.draw(into: &buffer, area: box)
    let rows = frame.inside(box).inset(left: 1, right: 1).splitRows([
      .fill(1), .fixed(1), .fixed(conclusion.count), .fixed(1), .fixed(1),
    ])
    table.draw(into: &buffer, area: rows[0])
    Paragraph(conclusion, wraps: false).draw(into: &buffer, area: rows[2])
    KeyChoices.line([
      ("↑ ↓", localized("choose")), (localized("enter"), localized("go there")),
      (localized("esc"), localized("close")),
    ])
    .draw(into: &buffer, area: rows[4])
  }

  private var widest: Int {
    let cells = rows
    return (0..<4).reduce(3) { sum, column in sum + (cells.map { $0[column].width }.max() ?? 0) }
  }

  private var table: Table {
    let cells = rows
    let columns = (0..<4).map { column in
      Table.Column(
        "", column == 3 ? .fill(1) : .fixed(cells.map { $0[column].width }.max() ?? 0))
    }
    return Table(columns: columns, rows: cells, selectedRow: row)
  }

  private var rows: [[TextLine]] {
    cause.path.map { step in
      [
        TextLine(localized("step \(NumberText.grouped(step.position.step))")),
        TextLine(step.position.phase.name, .foreground(Accents.warning)),
        TextLine([
          Span(step.node + CauseOverlay.index(step), .bold),
          Span(" \(step.view.word)", .foreground(Accents.muted)),
        ]),
        TextLine(step.text),
      ]
    }
  }

  private static func index(_ step: Cause.Step) -> String {
    step.index.map { "[\($0.map(String.init).joined(separator: ","))]" } ?? ""
  }

  private static func question(_ defect: Cause.Defect) -> String {
    switch defect {
    case .nan: localized("Why is it NaN?")
    case .infinite: localized("Why is it infinite?")
    case .zero: localized("Why is it zero?")
    }
  }
}
