import Localization
import TerminalUI
import Trace

/// How far an evaluation has come: `evaluating ▕████▏ 62 %  12 s left`.
struct EvaluationBar: Widget {
  let share: Double
  let secondsLeft: Double?

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let head = TextLine(localized("evaluating") + " ", .foreground(Accents.focus))
    let x = buffer.draw(head, x: area.x, y: area.y, maxWidth: area.width)
    let rest = " \(Int(share * 100)) %" + (secondsLeft.map { "  " + TimeLeft.text($0) } ?? "")
    let width = min(40, area.maxX - x - rest.count)
    guard width >= 4 else { return }
    ProgressBar(fraction: share)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    buffer.draw(rest, x: x + width, y: area.y)
  }
}
