import Localization
import TerminalUI

/// The list of recordings as a table; as many columns as there is room for, the name first.
struct RunTable: Widget {
  private let state: RunListState

  init(_ state: RunListState) { self.state = state }

  /// The columns of the screen for the number of a chosen recording, and for the sign of one that stays at the top.
  static let markWidth = 3

  /// The least and the most columns of the screen for the name.
  private static let nameWidths = 14...48
  /// On a narrower list, states are signs and dates have no year.
  private static let usualWidth = 80

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
        Table.Column(heading(column, width), .fixed(width), column.isNumber ? .right : .left)
      } + [Table.Column("", .fill(1))]
    Table(columns: headings, rows: rows, selectedRow: state.selectedRow, firstRow: state.firstRow)
      .draw(into: &buffer, area: area)
  }

  /// The columns in their order with their widths.
  func columns(width: Int) -> [(column: RunColumn, width: Int)] {
    let longest = max(state.widths[.name] ?? 0, heading(.name, nil).count)
    let name = min(
      max(RunTable.nameWidths.lowerBound, longest), RunTable.nameWidths.upperBound)
    // The names make room for numbers before these are left out.
    var widths = [RunColumn.name: min(name, max(RunTable.nameWidths.lowerBound, width / 4))]
    var left = width - RunTable.markWidth - 2 - widths[.name, default: 0] - 1
    // The column that the list is sorted by is always there.
    let wanted = [state.sortColumn] + RunColumn.byImportance.filter { $0 != state.sortColumn }
    for column in wanted where column != .name && (hasValues(column) || column == state.sortColumn) {
      let room = columnWidth(column, isBrief: width < RunTable.usualWidth)
      guard room + 1 <= left else { continue }
      widths[column] = room
      left -= room + 1
    }
    widths[.name] = min(name, widths[.name, default: 0] + max(0, left))
    return RunColumn.allCases.compactMap { column in widths[column].map { (column, $0) } }
  }

  private func hasValues(_ column: RunColumn) -> Bool { (state.widths[column] ?? 0) > 0 }

  private func columnWidth(_ column: RunColumn, isBrief: Bool) -> Int {
    if isBrief, column == .state { return 1 }
    if isBrief, column == .date { return RunTable.briefDate }
    let sign = column == .state ? 2 : 0
    let mark = column == state.sortColumn ? 2 : 0
    return max(column.heading.count + mark, min((state.widths[column] ?? 0) + sign, column.mostWidth))
  }

  /// The width of a date without its year.
  private static let briefDate = 11

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

  private func cell(_ column: RunColumn, _ row: Int, _ width: Int) -> TextLine {
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
    case .date where width == RunTable.briefDate:
      return TextLine(String(text.suffix(RunTable.briefDate)), muted)
    case .date, .size, .kind, .seed: return TextLine(text, muted)
    default: return TextLine(text)
    }
  }
}
