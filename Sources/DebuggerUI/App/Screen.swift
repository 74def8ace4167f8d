import Localization
import TerminalUI
import Trace

extension DebuggerState {
  /// Draws the whole screen: a pure function of the state.
  package func draw(into buffer: inout Buffer) {
    let area = buffer.bounds
    guard area.width >= ScreenLayout.smallest.width, area.height >= ScreenLayout.smallest.height else {
      return drawTooSmall(into: &buffer)
    }
    let layout = ScreenLayout(self)
    Header(self).draw(into: &buffer, area: layout.header)
    let footer = Footer(self)
    // For a notice of several rows the lowest panes end earlier, and all else stays where it is.
    let extra = footer.height(width: area.width - 1) - 1
    let course = Rect(
      x: layout.course.x, y: layout.course.y - extra, width: layout.course.width,
      height: layout.course.height)
    for (pane, area) in layout.panes {
      draw(pane, into: &buffer, area.inset(bottom: max(0, area.maxY - course.y)))
    }
    if Caption.isOn(self) {
      Caption(self).draw(
        into: &buffer, area: area.inset(bottom: 1 + extra + CourseStrip(self).height(width: size.width)))
    }
    CourseStrip(self).draw(into: &buffer, area: course)
    footer.draw(into: &buffer, area: area.inset(left: 1))
    CourseStrip(self).drawPage(into: &buffer, area: area)
    if case .failed(let message) = status { ErrorMessage(message).draw(into: &buffer, area: area) }
    overlay?.draw(self, into: &buffer, area: area)
    if let console { ConsoleBar(self, console, .standard).draw(into: &buffer, area: area) }
  }

  /// Draws one pane with its frame.
  package func draw(_ id: PaneID, into buffer: inout Buffer, _ area: Rect) {
    let content = PaneTable.pane(id).init(self)
    let isFocused = id == pane
    let title = TextLine([
      Span(
        PaneTable.digit(of: id).map { "\($0) " } ?? "", .foreground(isFocused ? Accents.focus : Accents.muted)
      ),
      Span(id.title, isFocused ? .foreground(Accents.focus).bold : .plain),
    ])
    let texts = PaneTitle.fitting(content.titles, beside: title.width, width: area.width)
    Frame(
      title: title + texts.heading, trailing: texts.trailing,
      footer: content.footer(width: area.width - 6), isFocused: isFocused
    ).draw(into: &buffer, area: area) { content.draw(into: &$0, area: $1) }
  }

  private func drawTooSmall(into buffer: inout Buffer) {
    let needed = ScreenLayout.smallest
    let lines = [
      TextLine(localized("This terminal is \(size.width)×\(size.height).")),
      TextLine(localized("Tapedeck needs \(needed.width)×\(needed.height) or more.")),
      TextLine(
        overlay is QuitQuestion
          ? localized("\(QuitQuestion.text(self)) q again quits, esc stays.")
          : localized("Enlarge it, or press q to quit."),
        .foreground(Accents.muted)),
    ]
    Paragraph(lines).draw(into: &buffer, area: buffer.bounds)
  }
}

/// The last row: which keys do what. What the last key did, or why it did nothing, takes its place and as many rows above
/// as it needs.
struct Footer: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let notice = state.notice else {
      return KeyHints(hints(width: area.width)).draw(into: &buffer, area: area.row(area.height - 1))
    }
    let color =
      switch notice.kind {
      case .done: Accents.good
      case .problem: Accents.warning
      case .waiting: Accents.muted
      }
    let lines = lines(notice, .foreground(color), width: area.width)
    let rows = area.inset(top: max(0, area.height - lines.count))
    buffer.fill(Rect(x: 0, y: rows.y, width: rows.maxX, height: rows.height), with: .blank)
    Paragraph(lines, wraps: false).draw(into: &buffer, area: rows)
  }

  /// How many rows it takes of a screen.
  func height(width: Int) -> Int { state.notice.map { lines($0, .plain, width: width).count } ?? 1 }

  private func lines(_ notice: Notice, _ style: Style, width: Int) -> [TextLine] {
    TextLine(notice.text, style).wrapped(width: max(1, width))
  }

  private func hints(width: Int) -> [KeyHints.Hint] {
    for pane in PaneTable.panes {
      if let hints = pane.hints(state) { return hints }
    }
    return state.commands.hints(state, width: width)
  }
}
