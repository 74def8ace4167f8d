import Localization
import TerminalUI
import Trace

/// How far long work has come: `back to step 300 ▕████▏ 62 %  12 s left  esc stops`.
struct WorkBar: Widget {
  /// What it does.
  let name: String
  /// The share that is done.
  let fraction: Double
  /// **Units**: seconds that the rest of it takes; nil where that is not known.
  let secondsLeft: Double?

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let head = TextLine(name + " ", .foreground(Accents.focus))
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
