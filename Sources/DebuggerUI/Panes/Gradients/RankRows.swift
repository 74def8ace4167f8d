import Localization
import Numbers
import TerminalUI
import Trace

/// A row for each of several processes: step, loss, norm of all gradients, hash of the parameters.
struct RankRows: Widget {
  /// The most processes that have a row; with more, those around the one that is shown have one.
  private static let mostRows = 4

  let ranks: RankTable

  /// How many rows a table takes: its heading, its processes, and what differs.
  static func height(_ ranks: RankTable?) -> Int {
    guard let ranks, ranks.rows.count > 1 else { return 0 }
    return 1 + min(mostRows, ranks.rows.count) + (ranks.difference == nil ? 0 : 1)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let lines = [heading] + rows + (ranks.difference.map { [text($0)] } ?? [])
    for (row, line) in lines.prefix(area.height).enumerated() {
      line.draw(into: &buffer, area: area.row(row))
    }
  }

  private var heading: TextLine {
    let words = [(localized("step"), 7), (localized("loss"), 9), ("‖∇‖", 7), (localized("hash"), 7)]
    return TextLine("  " + words.map { RankRows.right($0, $1) }.joined(), .foreground(Accents.muted))
  }

  private var rows: [TextLine] {
    let place = ranks.rows.firstIndex { $0.rank == ranks.shown } ?? 0
    let first = max(0, min(place - RankRows.mostRows / 2, ranks.rows.count - RankRows.mostRows))
    return ranks.rows.dropFirst(first).prefix(RankRows.mostRows).map(line)
  }

  private func line(_ row: RankTable.Row) -> TextLine {
    let isShown = row.rank == ranks.shown
    let isOdd = ranks.difference != nil && row.hash != ranks.rows.first?.hash
    return TextLine([
      Span("\(row.rank)" + (isShown ? "▸" : " "), isShown ? .foreground(Accents.focus).bold : .plain),
      Span(RankRows.right(row.step == 0 ? "—" : NumberText.grouped(row.step), 7)),
      Span(RankRows.right(row.loss.map { NumberText.loss(Double($0)) } ?? "—", 9)),
      Span(RankRows.right(row.gradientNorm.map { NumberText.brief(Double($0)) } ?? "—", 7)),
      Span(
        RankRows.right(row.hash.map { RankRows.short($0) } ?? "—", 7),
        isOdd ? .foreground(Accents.bad).bold : .plain),
    ])
  }

  private func text(_ difference: RankTable.Difference) -> TextLine {
    TextLine(
      difference.parameter.map { localized("≠ \($0) since step \(difference.step)") }
        ?? localized("≠ parameters since step \(difference.step)"), .foreground(Accents.bad).bold)
  }

  /// The last six of its hexadecimal digits.
  private static func short(_ hash: UInt64) -> String {
    let digits = String(hash & 0xff_ffff, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
