import Localization
import Numbers
import TerminalUI
import Trace

/// The breakpoints, and below them what has happened, the newest last.
struct EventsPane: Pane {
  static let id = PaneID.events
  static let corner = ScreenCorner.bottomLeft

  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    let (stops, events) = (state.breakpoints.count, state.events.count)
    guard stops + events > 0 else { return "" }
    let muted = Style.foreground(Accents.muted)
    let breakpoints = TextLine(
      " " + (stops == 1 ? localized("1 breakpoint") : localized("\(stops) breakpoints")), muted)
    return stops == 0 ? TextLine(" \(events)", muted) : breakpoints
  }

  /// What the breakpoints of a script cost.
  var trailing: TextLine {
    guard let cost = state.eventsPane.cost, state.breakpoints.contains(where: \.isEnabled) else {
      return TextLine()
    }
    let time = cost.ratio.map { localized("a step takes \(NumberText.fixed($0, decimals: 1)) times as long") }
    let need =
      switch cost.needs {
      case .nothing: localized("no cost")
      case .values: localized("every value is looked at")
      case .nodes: localized("every step is watched")
      }
    return TextLine(time ?? need, .foreground(Accents.warning))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !state.eventsChoices.isEmpty else {
      let text = localized(
        "nothing yet: b sets a breakpoint at the chosen node, B on a condition, m marks a moment")
      return Paragraph([TextLine(text, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
    }
    let detail = detail(in: area)
    let rows = rowAreas(listHeight(in: area))
    let chosen = state.pane == .events ? state.chosenInEvents : nil
    let choices = state.eventsChoices
    for (row, index) in rows {
      guard let index else {
        drawLine(into: &buffer, area.row(row))
        continue
      }
      line(choices[index], width: area.width, digits: digits).draw(into: &buffer, area: area.row(row))
      if choices[index] == chosen { buffer.highlight(area.row(row)) }
    }
    guard !detail.isEmpty else { return }
    drawLine(into: &buffer, area.row(listHeight(in: area)))
    Paragraph(detail, wraps: false).draw(into: &buffer, area: area.inset(top: area.height - detail.count))
  }

  private func drawLine(into buffer: inout Buffer, _ row: Rect) {
    let line = String(repeating: buffer.capabilities.glyphs.isUnicode ? "┈" : "-", count: row.width)
    TextLine(line, .foreground(Accents.muted)).draw(into: &buffer, area: row)
  }

  private var digits: Int {
    NumberText.grouped(state.events.entries.map(\.event.position.step).max() ?? 0).count
  }

  /// The chosen event's sentence, where its row is too short for it; at most a third of the pane.
  private func detail(in area: Rect) -> [TextLine] {
    guard state.pane == .events, area.height >= 6, case .event(let number)? = state.chosenInEvents,
      let entry = state.events[number], line(entry, digits: digits).width > area.width
    else { return [] }
    return Array(TextLine(entry.event.text).wrapped(width: area.width).prefix(area.height / 3))
  }

  /// The rows of the list, above the chosen event's sentence and the line between.
  private func listHeight(in area: Rect) -> Int {
    let detail = detail(in: area).count
    return detail == 0 ? area.height : area.height - detail - 1
  }

  /// What a row of the pane shows.
  func choice(atRow row: Int, in area: Rect) -> EventsChoice? {
    let rows = rowAreas(listHeight(in: area))
    return rows.first { $0.row == row }?.index.map { state.eventsChoices[$0] }
  }

  /// The rows from the top, each with its index among the choices; nil for the line between.
  ///
  /// The breakpoints take at most half of the rows, and scroll by themselves.
  private func rowAreas(_ height: Int) -> [(row: Int, index: Int?)] {
    let (stops, events) = (state.breakpoints.count, state.events.count)
    let chosen = state.chosenInEvents.flatMap { state.eventsChoices.firstIndex(of: $0) }
    let above = stops == 0 ? 0 : min(stops, events == 0 ? height : max(1, (height - 1) / 2))
    let between = stops > 0 && events > 0 ? 1 : 0
    let inStops = chosen.flatMap { $0 < stops ? $0 : nil }
    let inEvents = chosen.flatMap { $0 >= stops ? $0 - stops : nil }
    let top = ListWindow.visible(count: stops, height: above, selected: inStops, first: 0)
    let below = max(0, height - above - between)
    let bottom = ListWindow.visible(
      count: events, height: below, selected: inEvents, first: max(0, events - below))
    let parts: [Int?] = top.map { $0 } + [Int?](repeating: nil, count: between) + bottom.map { $0 + stops }
    return parts.prefix(height).enumerated().map { (row: $0.offset, index: $0.element) }
  }

  private func line(_ choice: EventsChoice, width: Int, digits: Int) -> TextLine {
    switch choice {
    case .breakpoint(let number):
      state.breakpoints.first { $0.id == number }.map { line($0, width: width) } ?? TextLine()
    case .event(let number): state.events[number].map { line($0, digits: digits) } ?? TextLine()
    }
  }

  /// `2 ● norm(fc1.weight.grad) > 5        3 hits`.
  private func line(_ breakpoint: Breakpoint, width: Int) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    let hits = state.hits.count(of: breakpoint.id)
    let isHit = state.moment?.hit?.breakpoint == breakpoint.id
    let sign = breakpoint.isEnabled ? Span("● ", .foreground(Accents.bad).bold) : Span("○ ", muted)
    let end =
      breakpoint.isEnabled ? (hits == 1 ? localized("1 hit") : localized("\(hits) hits")) : localized("off")
    let head = TextLine([Span("\(breakpoint.id) ", muted), sign])
    let text = TextLine(breakpoint.text, !breakpoint.isEnabled ? muted : isHit ? .bold : .plain)
    let room = max(0, width - head.width - end.count - 1)
    let shown =
      text.width > room
      ? TextLine(String(text.text.prefix(max(0, room - 1))) + "…", text.spans[0].style) : text
    let gap = String(repeating: " ", count: max(1, width - head.width - shown.width - end.count))
    return head + shown + TextLine(gap + end, muted)
  }

  /// `  300 backward  ◆ mark  the sentence`.
  private func line(_ entry: EventLog.Entry, digits: Int) -> TextLine {
    let event = entry.event
    // Of a finding that the diagnosis knows, as grave as it says.
    let severity = event.rule.flatMap { rule in
      state.diagnosis.findings.first { $0.rule == rule && $0.subject == event.node }?.severity
    }
    let (sign, color) = severity.map { ($0.sign, $0.color) } ?? EventsPane.sign(event.kind)
    let word = severity?.word ?? event.kind.word
    let muted = Style.foreground(Accents.muted)
    let step = NumberText.grouped(event.position.step)
    let phase = event.position.phase.name
    let isNamed = [event.kind.rawValue, event.kind.word].contains { event.text.lowercased().hasPrefix($0) }
    // An event of a dropped future is as faint as its curve.
    guard !entry.isOfGhost else {
      let head = String(repeating: " ", count: digits - step.count) + "\(step) \(phase)"
      let gap = String(repeating: " ", count: 9 - phase.count)
      return TextLine(
        head + gap + "◌ " + localized("ghost") + ": \(isNamed ? "" : "\(word) ")\(event.text)",
        muted)
    }
    return TextLine([
      Span(String(repeating: " ", count: digits - step.count) + step, muted),
      Span(" \(phase)" + String(repeating: " ", count: 9 - phase.count), muted),
      Span("\(sign) \(isNamed ? "" : "\(word) ")", .foreground(color)), Span(event.text),
    ])
  }

  private static func sign(_ kind: RunEvent.Kind) -> (String, Color) {
    switch kind {
    case .breakpoint: ("●", Accents.bad)
    case .pause: ("▮", Accents.warning)
    case .change: ("Δ", Accents.focus)
    case .fork: ("◇", Accents.focus)
    case .mark: ("◆", Accents.good)
    case .note: ("•", Accents.good)
    case .check: ("∂", Accents.focus)
    case .cause: ("←", Accents.warning)
    case .warning: ("▲", Accents.warning)
    case .error: ("✗", Accents.bad)
    case .output, .errorOutput: (">", Accents.muted)
    }
  }
}
