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
    for (pane, area) in layout.panes { draw(pane, into: &buffer, area) }
    drawHints(into: &buffer, layout.hints.inset(left: 1))
    if case .failed(let message) = status { ErrorOverlay(message).draw(into: &buffer, area: area) }
    switch overlay {
    case .help: HelpOverlay(search: helpSearch, firstRow: helpRow).draw(into: &buffer, area: area)
    case .quitQuestion: QuitOverlay(self).draw(into: &buffer, area: area)
    case .futureQuestion: FutureOverlay(self).draw(into: &buffer, area: area)
    case .cause(let cause): CauseOverlay(cause, row: causeRow).draw(into: &buffer, area: area)
    case .gradientCheck(let check): GradientCheckOverlay(check).draw(into: &buffer, area: area)
    case nil: break
    }
    if let console { ConsoleBar(self, console).draw(into: &buffer, area: area) }
  }

  /// Which keys do what; in their place for a moment, what the last key did or did not.
  private func drawHints(into buffer: inout Buffer, _ area: Rect) {
    guard let notice else { return KeyHints(hints).draw(into: &buffer, area: area) }
    let color =
      switch notice.kind {
      case .done: Accents.good
      case .problem: Accents.warning
      case .waiting: Accents.muted
      }
    TextLine(notice.text, .foreground(color)).draw(into: &buffer, area: area)
  }

  private var hints: [KeyHints.Hint] {
    if find?.isTyping == true {
      return [.init("↓", "next"), .init("↑", "previous"), .init("enter", "keep"), .init("esc", "back")]
    }
    // The keys of an empty list have nothing to act on.
    return CommandTable.hints(in: pane == .events && eventsChoices.isEmpty ? .graph : pane)
  }

  /// Draws one pane with its frame.
  package func draw(_ pane: Pane, into buffer: inout Buffer, _ area: Rect) {
    let content: any PaneContent =
      switch pane {
      case .graph: GraphPane(self)
      case .node: NodePane(self)
      case .bridge: BridgePane(self)
      case .loss: LossPane(self)
      case .gradients: GradientsPane(self)
      case .batch: BatchPane(self)
      case .events: EventsPane(self)
      }
    let isFocused = pane == self.pane
    let number = Style.foreground(isFocused ? Accents.focus : Accents.muted)
    let name = Style(attributes: isFocused ? .bold : [])
    let title = TextLine([Span("\(pane.rawValue) ", number), Span(pane.title, name)])
    let frame = Frame(
      title: title + content.title, trailing: content.trailing, footer: content.footer(width: area.width - 6),
      isFocused: isFocused)
    frame.draw(into: &buffer, area: area)
    let inside = frame.inside(area)
    buffer.clipped(to: inside) { content.draw(into: &$0, area: inside) }
  }

  private func drawTooSmall(into buffer: inout Buffer) {
    let needed = ScreenLayout.smallest
    let lines = [
      TextLine("This terminal is \(size.width)×\(size.height)."),
      TextLine("Tapedeck needs \(needed.width)×\(needed.height) or more."),
      TextLine(
        overlay == .quitQuestion
          ? "\(QuitOverlay.question(self)) q again quits, esc goes on." : "Enlarge it, or press q to quit.",
        .foreground(Accents.muted)),
    ]
    Paragraph(lines).draw(into: &buffer, area: buffer.bounds)
  }
}

/// What a pane shows inside its frame, and on it.
protocol PaneContent: Widget {
  /// What follows the pane's name on the frame.
  var title: TextLine { get }
  /// What stands at the right end of the frame.
  var trailing: TextLine { get }
  /// What stands at the foot of the frame, in at most that many columns.
  func footer(width: Int) -> TextLine
}

extension PaneContent {
  func footer(width: Int) -> TextLine { TextLine() }
}
