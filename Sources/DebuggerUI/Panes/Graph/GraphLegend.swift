import TerminalUI
import Trace

/// What the signs of the graph mean, in as many words as there is room for.
enum GraphLegend {
  /// The longest line that fits; none where not even the shortest does.
  static func line(width: Int, hasBreakpoints: Bool) -> TextLine {
    let theme = GraphTheme()
    let muted = Style.foreground(Accents.muted)
    func sign(_ sign: String, _ style: Style, _ word: String) -> [Span] {
      [Span(sign, style), Span(" \(word)  ", muted)]
    }
    let waiting = sign("·", theme.waiting, "waiting")
    let states =
      sign("✓", theme.forwardDone, "forward") + sign("◂", theme.backwardDone, "backward")
      + sign("✗", theme.broken, "broken")
    let breakpoint = hasBreakpoints ? sign("●", theme.breakpoint, "break") : []
    let norms = sign("‖", muted, "norm") + sign("∇", .foreground(Accents.warning), "of gradient")
    let brief = sign("‖", muted, "norm") + sign("∇", .foreground(Accents.warning), "grad")
    let short =
      sign("✓", theme.forwardDone, "forward") + sign("◂", theme.backwardDone, "back")
      + sign("✗", theme.broken, "broken")
    let both = [Span("‖", muted), Span("∇", .foreground(Accents.warning)), Span(" norm  ", muted)]
    let lines = [
      waiting + states + breakpoint + norms, waiting + states + breakpoint + brief,
      states + breakpoint + brief, short + breakpoint + both, breakpoint + brief, brief,
    ]
    for spans in lines {
      var line = TextLine(spans)
      line.spans[line.spans.count - 1].text.removeLast(2)
      if line.width <= width { return line }
    }
    return TextLine()
  }
}
