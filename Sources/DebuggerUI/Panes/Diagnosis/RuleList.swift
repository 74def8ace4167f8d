import Diagnosis
import Localization
import TerminalUI

/// All rules with what they look for and their thresholds.
struct RuleList: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    let chosen = state.diagnosis.rule
    let rules = Rule.all.map { lines($0, width: area.width - 1) }
    let rows = rules.enumerated().flatMap { place, lines in lines.map { (rule: place, line: $0) } }
    // The whole of the chosen rule is in view.
    let last = rows.lastIndex { $0.rule == chosen } ?? 0
    let first = rows.firstIndex { $0.rule == chosen } ?? 0
    let start = max(0, min(first, last + 1 - area.height, rows.count))
    let top = min(start, first)
    for (row, content) in rows.dropFirst(top).prefix(area.height).enumerated() {
      // The last column is the scroll bar's.
      content.line.draw(into: &buffer, area: area.row(row).inset(right: 1))
      if state.pane == .diagnosis, content.rule == chosen { buffer.highlight(area.row(row)) }
    }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: rows.count, visible: top..<min(rows.count, top + area.height))
      .draw(into: &buffer, area: bar)
  }

  private static let nameWidth = Rule.all.map(\.name.count).max() ?? 0
  /// With fewer columns beside the names, what a rule looks for stands below its name.
  private static let leastSummary = 32

  /// `dead-relu  units behind a ReLU that are never active`, and below it a row for each threshold.
  private func lines(_ rule: Rule, width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let isNarrow = width - RuleList.nameWidth - 2 < RuleList.leastSummary
    let pad = String(repeating: " ", count: isNarrow ? 2 : RuleList.nameWidth + 2)
    let isMuted = state.diagnosis.muted.contains(rule.name)
    let nameStyle = isMuted ? muted : Style.plain.bold
    let name = isNarrow ? pad : rule.name + pad.dropFirst(rule.name.count)
    let summary = (isMuted ? localized("muted") + ": " : "") + rule.summary()
    let head = TextLine(summary, isMuted ? muted : .plain).wrapped(width: max(8, width - pad.count))
    return (isNarrow ? [TextLine(rule.name, nameStyle)] : [])
      + head.enumerated().map { row, line in TextLine(row == 0 ? name : pad, nameStyle) + line }
      + rule.thresholds.map { threshold in
        let own = state.diagnosis.thresholds["\(rule.name).\(threshold.name)"]
        return TextLine([
          Span(pad), Span("\(threshold.name) ", muted),
          Span(
            Rule.Threshold.text(own ?? threshold.value), own == nil ? .plain : .foreground(Accents.warning)),
          Span("  " + (own == nil ? threshold.source() : localized("set by you")), muted),
        ])
      }
  }
}
