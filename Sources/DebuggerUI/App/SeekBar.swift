import Localization
import Numbers
import TerminalUI
import Trace

/// How far the run has come on its way to another moment: `back to step 300 ▕████▏ 62 %`.
struct SeekBar: Widget {
  let seek: RunUpdate.Progress
  /// Whether it leads to where training has not been.
  var isAhead = false
  /// **Units**: seconds that the rest of it takes; nil where that is not known.
  var secondsLeft: Double?

  /// The share of its steps that are done.
  var fraction: Double {
    let whole = seek.target - seek.start
    return whole == 0 ? 1 : min(1, max(0, Double(seek.step - seek.start) / Double(whole)))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let step = NumberText.grouped(seek.target)
    let way = isAhead ? localized("ahead to step \(step)") : localized("back to step \(step)")
    let head = TextLine(way + " ", .foreground(Accents.focus))
    let x = buffer.draw(head, x: area.x, y: area.y, maxWidth: area.width)
    let percent = " \(Int(fraction * 100)) %"
    let rest = TextLine([
      Span(secondsLeft.map { "  " + TimeLeft.text($0) } ?? ""),
      Span(localized("  esc stops"), .foreground(Accents.muted), control: .key(.escape)),
    ])
    let hasRest = area.maxX - x - percent.count - rest.width >= 10
    let width = min(40, area.maxX - x - percent.count - (hasRest ? rest.width : 0))
    guard width >= 4 else { return }
    ProgressBar(fraction: fraction)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    let end = buffer.draw(percent, x: x + width, y: area.y)
    if hasRest { buffer.draw(rest, x: end, y: area.y) }
  }
}
