import Localization
import TerminalUI
import Trace

/// What the signs of the graph mean, in as many words as there is room for.
enum GraphLegend {
  /// The longest line that fits; none where not even the shortest does.
  static func line(width: Int, hasBreakpoints: Bool, hasFaults: Bool = false) -> TextLine {
    let theme = GraphTheme()
    let muted = Style.foreground(Accents.muted)
    func sign(_ sign: String, _ style: Style, _ word: String) -> [Span] {
      [Span(sign, style), Span(" \(word)  ", muted)]
    }
    let waiting = sign("·", theme.waiting, localized("waiting"))
    let states =
      sign("✓", theme.forwardDone, localized("forward"))
      + sign("◂", theme.backwardDone, localized("backward"))
      + sign("✗", theme.broken, localized("broken"))
    let stops = hasBreakpoints ? sign("●", theme.breakpoint, localized("break")) : []
    let breakpoint = stops + (hasFaults ? sign("⚠", theme.faulty, localized("fault")) : [])
    let norms =
      sign("‖", muted, localized("norm")) + sign("∇", muted, localized("of gradient"))
    let brief =
      sign("‖", muted, localized("norm")) + sign("∇", muted, localized("grad"))
    let both = [
      Span("‖∇", muted), Span(" " + localized("norm") + "  ", muted),
    ]
    let lines = [
      waiting + states + breakpoint + norms, waiting + states + breakpoint + brief,
      states + breakpoint + brief, states + breakpoint + both, states + stops + both, breakpoint + brief,
      brief,
    ]
    for spans in lines {
      var line = TextLine(spans)
      line.spans[line.spans.count - 1].text.removeLast(2)
      if line.width <= width { return line }
    }
    return TextLine()
  }
}
