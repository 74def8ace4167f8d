import TerminalUI
import Trace

/// The way from a broken value back to where it began, and what began there.
struct CauseOverlay: Widget {
  private let cause: Cause
  private let row: Int

  init(_ cause: Cause, row: Int) {
    self.cause = cause
    self.row = row
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let width = min(area.width - 4, max(56, widest + 4))
    let conclusion = TextLine(cause.conclusion, .bold).wrapped(width: width - 4)
    let rest = conclusion.count + 5
    let height = min(area.height - 2, cause.path.count + rest)
    let box = area.centered(Size(width: width, height: height))
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: TextLine("Why is it \(CauseOverlay.word(cause.defect))?", .foreground(Accents.warning).bold),
      style: .foreground(Accents.warning))
    frame.draw(into: &buffer, area: box)
    let rows = frame.inside(box).inset(left: 1, right: 1).splitRows([
      .fill(1), .fixed(1), .fixed(conclusion.count), .fixed(1), .fixed(1),
    ])
    table.draw(into: &buffer, area: rows[0])
    Paragraph(conclusion, wraps: false).draw(into: &buffer, area: rows[2])
    KeyChoices.line([("↑ ↓", "choose"), ("enter", "goes there"), ("esc", "closes")])
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
        TextLine("step \(NumberText.grouped(step.position.iteration))"),
        TextLine(step.position.phase.name, .foreground(Accents.warning)),
        TextLine([
          Span(step.node + CauseOverlay.index(step), .bold),
          Span(" \(step.view.rawValue)", .foreground(Accents.muted)),
        ]),
        TextLine(step.text),
      ]
    }
  }

  private static func index(_ step: Cause.Step) -> String {
    step.index.map { "[\($0.map(String.init).joined(separator: ","))]" } ?? ""
  }

  private static func word(_ defect: Cause.Defect) -> String {
    switch defect {
    case .nan: "NaN"
    case .infinite: "infinite"
    case .zero: "zero"
    }
  }
}
