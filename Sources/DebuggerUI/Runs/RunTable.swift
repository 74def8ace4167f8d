import Localization
import TerminalUI

/// The list of recordings as a table; as many columns as there is room for, the name first.
struct RunTable: Widget {
  private let state: RunListState

  init(_ state: RunListState) { self.state = state }

  /// The columns of the screen for the number of a chosen recording, and for the sign of one that stays at the top.
  static let markWidth = 3

  /// The least and the most columns of the screen for the name.
  private static let nameWidths = 14...40

  /// Draws the headings and the rows in view.
  func draw(into buffer: inout Buffer, area: Rect) {
    let columns = columns(width: area.width)
    // Only rows in view have texts: a folder may have thousands of recordings.
    let visible = ListWindow.visible(
      count: state.shown.count, height: area.height - 1, selected: state.selectedRow, first: state.firstRow)
    let rows = state.shown.indices.map { row in
      visible.contains(row) ? [mark(state.shown[row])] + columns.map { cell($0.column, row, $0.width) } : []
    }
    let headings =
      [Table.Column("", .fixed(RunTable.markWidth))]
      + columns.map { column, width in
        Table.Column(
          heading(column, width), column == .name && width == nil ? .fill(1) : .fixed(width ?? 0),
          column.isNumber ? .right : .left)
      }
    Table(columns: headings, rows: rows, selectedRow: state.selectedRow, firstRow: state.firstRow)
      .draw(into: &buffer, area: area)
  }

  /// The columns in their order; the name, which has no width, takes what is left.
  func columns(width: Int) -> [(column: RunColumn, width: Int?)] {
    let name = min(
      max(RunTable.nameWidths.lowerBound, state.widths[.name] ?? 0), RunTable.nameWidths.upperBound)
    var left = width - RunTable.markWidth - 2
    // The names make room for numbers before these are left out.
    left -= min(name, max(RunTable.nameWidths.lowerBound, width / 4)) + 1
    var widths: [RunColumn: Int] = [:]
    let wanted = RunColumn.byImportance.sorted { $0 == state.sortColumn && $1 != state.sortColumn }
    for column in wanted where hasValues(column) || column == state.sortColumn {
      let isBrief = column == .state && width < 80
      let room = isBrief ? 1 : columnWidth(column)
      guard room + 1 <= left else { continue }
      widths[column] = room
      left -= room + 1
    }
    return RunColumn.allCases.compactMap { column in
      column == .name ? (column, nil) : widths[column].map { (column, $0) }
    }
  }

  private func hasValues(_ column: RunColumn) -> Bool { (state.widths[column] ?? 0) > 0 }

  private func columnWidth(_ column: RunColumn) -> Int {
    let sign = column == .state ? 2 : 0
    let mark = column == state.sortColumn ? 2 : 0
    return max(column.heading.count + mark, min((state.widths[column] ?? 0) + sign, column.mostWidth))
  }

  private func heading(_ column: RunColumn, _ width: Int?) -> String {
    guard width != 1 else { return "" }
    guard column == state.sortColumn else { return column.heading }
    return column.heading + (column.beginsWithGreatest != state.isReversed ? " ▾" : " ▴")
  }

  private func mark(_ run: RunSummary) -> TextLine {
    let number = state.chosen[run.path]
    let text = number.map { "\($0 + 1)" } ?? ""
    return TextLine([
      Span(text, number.map { Style.foreground(RunCurves.color($0)).bold } ?? .plain),
      Span(String(repeating: " ", count: max(0, 2 - text.count))),
      Span(state.pinned.contains(run.path) ? "▲" : " ", .foreground(Accents.warning)),
    ])
  }

  private func cell(_ column: RunColumn, _ row: Int, _ width: Int?) -> TextLine {
    let run = state.shown[row]
    let text = state.cells[row][column] ?? ""
    let muted = Style.foreground(Accents.muted)
    switch column {
    case .name:
      let number = state.chosen[run.path]
      return TextLine(text, number.map { Style.foreground(RunCurves.color($0)) } ?? .plain)
    case .state: return TextLine(width == 1 ? run.state.sign : "\(run.state.sign) \(text)", run.state.style)
    case .loss, .validation:
      let value = column == .loss ? run.loss : run.validationLoss
      return TextLine(text, value?.isFinite == false ? Style.foreground(Accents.bad).bold : .plain)
    case .date, .size, .kind, .seed: return TextLine(text, muted)
    default: return TextLine(text)
    }
  }
}
