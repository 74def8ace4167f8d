import Lessons
import TerminalUI
import Trace

/// The page with the tables: a list of their rows, and below it the chosen row in full, tried or not.
struct GuideTablesPage: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  /// A line of the list: a table's heading, or a row by its number through all tables.
  private enum Item {
    case heading(String)
    case row(Int, LessonRow)
  }

  private var items: [Item] {
    var number = 0
    return state.lessons.tables.flatMap { table -> [Item] in
      let rows = table.rows.map { row -> Item in
        defer { number += 1 }
        return .row(number, row)
      }
      return [.heading(table.title)] + rows
    }
  }

  private var chosen: LessonRow? {
    let rows = state.lessonRows
    return rows.indices.contains(state.guide.row) ? rows[state.guide.row] : nil
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let (list, detail) = parts(area)
    drawList(into: &buffer, list)
    guard let chosen, detail.height > 1 else { return }
    let rule = String(repeating: buffer.capabilities.glyphs.isUnicode ? "─" : "-", count: detail.width)
    TextLine(rule, .foreground(Accents.muted)).draw(into: &buffer, area: detail.row(0))
    let lines = detailLines(chosen, width: detail.width)
    let rest = detail.inset(top: 1)
    Paragraph(lines, wraps: false).draw(into: &buffer, area: rest)
    guard let trial = state.guide.trial else { return }
    TrialPicture(trial).draw(into: &buffer, area: rest.inset(top: lines.count))
  }

  /// The row of the list that is drawn there; nil for a heading or beside the list.
  func row(atY y: Int, in area: Rect) -> Int? {
    let (list, _) = parts(area)
    let place = visible(list.height).lowerBound + y - list.y
    guard y >= list.y, y < list.maxY, items.indices.contains(place), case .row(let number, _) = items[place]
    else { return nil }
    return number
  }

  private func parts(_ area: Rect) -> (list: Rect, detail: Rect) {
    guard let chosen else { return (area, area.inset(top: area.height)) }
    let text = detailLines(chosen, width: area.width).count + 1
    let picture = state.guide.trial.map { TrialPicture($0).height(width: area.width) } ?? 0
    let height = min(text + picture, max(0, area.height - 4))
    let rows = area.splitRows([.fill(1), .fixed(height)])
    return (rows[0], rows[1])
  }

  private func visible(_ height: Int) -> Range<Int> {
    let items = items
    let selected = items.firstIndex { if case .row(state.guide.row, _) = $0 { true } else { false } }
    return ListWindow.visible(
      count: items.count, height: height, selected: selected, first: (selected ?? 0) - height / 2)
  }

  private func drawList(into buffer: inout Buffer, _ area: Rect) {
    let items = items
    let visible = visible(area.height)
    let muted = Style.foreground(Accents.muted)
    let names = 2 + (state.lessonRows.map(\.name.count).max() ?? 0)
    let columns = area.inset(right: 1).splitColumns(
      area.width >= 110
        ? [.fixed(names), .fill(3), .fill(3), .fill(4)]
        : area.width >= 60 ? [.fixed(min(names, 20)), .fill(1), .fill(1)] : [.fixed(16), .fill(1)])
    for (row, item) in items[visible].enumerated() {
      let place = area.row(row)
      switch item {
      case .heading(let title):
        TextLine(title, .foreground(Accents.warning).bold).draw(into: &buffer, area: place)
      case .row(let number, let row):
        let texts = [
          TextLine(" \(row.name)", .bold), TextLine(row.numpy, .foreground(Accents.good)),
          TextLine(row.pytorch, .foreground(Accents.focus)), TextLine(row.tapedeck, muted),
        ]
        for (text, column) in zip(texts, columns) {
          text.draw(
            into: &buffer, area: Rect(x: column.x, y: place.y, width: max(0, column.width - 1), height: 1))
        }
        if number == state.guide.row { buffer.highlight(place) }
      }
    }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: items.count, visible: visible).draw(into: &buffer, area: bar)
  }

  private func detailLines(_ row: LessonRow, width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let rows: [(String, String, Style)] = [
      ("NumPy", row.numpy, .foreground(Accents.good)), ("PyTorch", row.pytorch, .foreground(Accents.focus)),
      ("Tapedeck", row.tapedeck, .plain),
    ]
    let room = max(1, width - 9)
    let code = rows.filter { !$0.1.isEmpty }.flatMap { label, text, style in
      TextLine(text, style).wrapped(width: room).enumerated().map { index, line in
        TextLine(index == 0 ? label + String(repeating: " ", count: 9 - label.count) : "         ", muted)
          + line
      }
    }
    let note = row.note.isEmpty ? [] : LessonText.lines(row.note, width: width)
    return code + note
  }
}
