import Diagnosis
import Localization
import TerminalUI
import Trace

/// What the diagnosis has found, worst first; one finding in full; or the rules.
struct DiagnosisPane: Pane {
  static let id = PaneID.diagnosis
  static let corner = ScreenCorner.bottomLeft
  static let minimum = Size(width: 48, height: 8)

  /// The command that shows the findings.
  static let findingsCommand = "findings"

  private let state: DebuggerState
  private var pane: DiagnosisPaneState { state.diagnosis }

  init(_ state: DebuggerState) { self.state = state }

  static func hasContent(_ state: DebuggerState) -> Bool { !state.diagnosis.shown.isEmpty }

  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    state.diagnosis.page == .findings && !state.diagnosis.isOpen ? max(2, state.diagnosis.shown.count) : nil
  }

  var heading: TextLine {
    guard pane.page == .findings else {
      let (count, muted) = (Rule.all.count, pane.muted.count)
      let text = muted == 0 ? localized("\(count) rules") : localized("\(count) rules, \(muted) muted")
      return TextLine(" " + text, .foreground(Accents.muted))
    }
    guard let worst = pane.shown.first else { return "" }
    return TextLine(" \(FindingBadge(state).words)", .foreground(worst.severity.color))
  }

  var trailing: TextLine {
    let count = pane.page == .rules ? 0 : pane.mutedCount
    let muted = count == 0 ? nil : localized("\(count) muted")
    let parts = [pane.judged?.short, muted].compactMap(\.self)
    return parts.isEmpty ? TextLine() : TextLine(parts.joined(separator: "  "), .foreground(Accents.muted))
  }

  var titles: [PaneTitle] {
    let controls = PaneTitle.controls([
      (word: localized("findings"), command: DiagnosisPane.findingsCommand, isOn: pane.page == .findings),
      (word: localized("rules"), command: "rules", isOn: pane.page == .rules),
    ])
    let gap = TextLine(trailing.width > 0 ? "  " : "")
    return [PaneTitle(heading, controls + gap + trailing), PaneTitle(heading, trailing)]
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    switch pane.page {
    case .rules: RuleList(state).draw(into: &buffer, area: area)
    case .findings where pane.isOpen && pane.choice != nil: drawOpen(into: &buffer, area)
    case .findings: drawList(into: &buffer, area)
    }
  }

  private func drawList(into buffer: inout Buffer, _ area: Rect) {
    let shown = pane.shown
    guard !shown.isEmpty else {
      return Paragraph([TextLine(absence, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
    }
    let rooms = DiagnosisRooms(state, area)
    FindingBelow(state)?.draw(into: &buffer, area: rooms.text)
    let area = rooms.list
    let visible = DiagnosisPane.visible(state, area)
    let widths = (
      rule: shown.map(\.rule.count).max() ?? 0, subject: shown.compactMap(\.subject?.count).max() ?? 0
    )
    for (row, finding) in shown[visible].enumerated() {
      line(finding, widths, width: area.width)
        .draw(into: &buffer, area: area.row(row).inset(right: visible.count < shown.count ? 1 : 0))
      if state.pane == .diagnosis, finding.id == pane.choice?.id { buffer.highlight(area.row(row)) }
    }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: shown.count, visible: visible).draw(into: &buffer, area: bar)
  }

  /// `⚠ dead-relu  fc1.relu  12 of 16 units of fc1.relu are dead`; in a narrow pane the subject is left to the sentence, and
  /// sentences are not below each other.
  private func line(_ finding: Finding, _ widths: (rule: Int, subject: Int), width: Int) -> TextLine {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count) + 2)
    }
    let subject =
      width >= 72 && widths.subject > 0 ? padded(finding.subject ?? "", min(widths.subject, 24)) : ""
    return TextLine([
      Span("\(finding.severity.sign) ", .foreground(finding.severity.color).bold),
      Span(padded(finding.rule, width >= 72 ? widths.rule : 0), .bold),
      Span(subject, .foreground(Accents.focus)),
      Span(finding.what),
    ])
  }

  /// What was judged, where nothing was found.
  private var absence: String {
    if pane.mutedCount > 0 { return localized("All that was found is muted; :unmute RULE shows it again.") }
    let count = Rule.all.count { !pane.muted.contains($0.name) }
    switch state.status {
    case .preparing: return localized("nothing has run yet")
    case .running, .paused, .finished, .halted, .failed:
      let absence = localized("None of \(count) rules has found a fault so far; :rules lists them.")
      return ([absence] + [pane.judged?.sentence].compactMap(\.self)).joined(separator: " ")
    }
  }

  private func drawOpen(into buffer: inout Buffer, _ area: Rect) {
    let lines = DiagnosisPane.openLines(state, width: area.width)
    let first = max(0, min(pane.row, lines.count - area.height))
    let visible = first..<min(lines.count, first + area.height)
    for (row, line) in lines[visible].enumerated() { line.draw(into: &buffer, area: area.row(row)) }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: lines.count, visible: visible).draw(into: &buffer, area: bar)
  }

  /// The rows of the open finding; none while none is open.
  static func openLines(_ state: DebuggerState, width: Int) -> [TextLine] {
    state.diagnosis.choice.map { FindingText($0, state).lines(width: width - 1) } ?? []
  }

  /// The findings in view in the rows of the list.
  static func visible(_ state: DebuggerState, _ area: Rect) -> Range<Int> {
    let shown = state.diagnosis.shown
    return ListWindow.visible(
      count: shown.count, height: area.height,
      selected: shown.firstIndex { $0.id == state.diagnosis.choice?.id }, first: 0)
  }
}
