import TerminalUI

/// Asks whether to quit although training runs.
struct QuitOverlay: Widget {
  func draw(into buffer: inout Buffer, area: Rect) {
    let lines = [
      TextLine("Training is running. Quit and lose it?"),
      TextLine([
        Span("q", .foreground(Accents.focus).bold), Span(" quit    "),
        Span("esc", .foreground(Accents.focus).bold), Span(" go on"),
      ]),
    ]
    drawMessage(lines, title: "Quit", color: Accents.warning, into: &buffer, area)
  }
}

/// Says why the run ended.
struct ErrorOverlay: Widget {
  private let message: String

  init(_ message: String) { self.message = message }

  func draw(into buffer: inout Buffer, area: Rect) {
    let end = [
      TextLine(""), TextLine("The run has ended here. Press q to quit.", .foreground(Accents.muted)),
    ]
    let room = max(1, area.height - 2 - end.count)
    var lines = TextLine(message).wrapped(width: min(72, area.width - 6))
    if lines.count > room { lines = lines.prefix(room - 1) + [TextLine("…")] }
    drawMessage(lines + end, title: "Error", color: Accents.bad, into: &buffer, area)
  }
}

private func drawMessage(
  _ lines: [TextLine], title: String, color: Color, into buffer: inout Buffer, _ area: Rect
) {
  let width = (lines.map(\.width).max() ?? 0) + 4
  let box = area.centered(Size(width: width, height: lines.count + 2))
  buffer.fill(box, with: .blank)
  let frame = Frame(title: TextLine(title, .foreground(color).bold), style: .foreground(color))
  frame.draw(into: &buffer, area: box)
  Paragraph(lines, wraps: false).draw(into: &buffer, area: frame.inside(box).inset(left: 1, right: 1))
}
