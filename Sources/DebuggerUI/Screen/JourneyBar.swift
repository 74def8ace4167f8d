import TerminalUI
import Trace

/// How far a journey has come: `back to step 300 ▕████▏ 62 %`.
struct JourneyBar: Widget {
  let journey: RunUpdate.Journey
  /// Whether it leads to where training has not been.
  var isAhead = false

  /// The share of its iterations that are done.
  var fraction: Double {
    let whole = journey.target - journey.start
    return whole == 0 ? 1 : min(1, max(0, Double(journey.iteration - journey.start) / Double(whole)))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let way = isAhead ? "on" : "back"
    let head = TextLine("\(way) to step \(NumberText.grouped(journey.target)) ", .foreground(Accents.focus))
    let x = buffer.draw(head, x: area.x, y: area.y, maxWidth: area.width)
    let percent = " \(Int(fraction * 100)) %"
    let width = min(40, area.maxX - x - percent.count)
    guard width >= 4 else { return }
    ProgressBar(fraction: fraction)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    buffer.draw(percent, x: x + width, y: area.y)
  }
}
