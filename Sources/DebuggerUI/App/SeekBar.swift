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
    let step = NumberText.grouped(seek.target)
    let way = isAhead ? localized("ahead to step \(step)") : localized("back to step \(step)")
    WorkBar(name: way, fraction: fraction, secondsLeft: secondsLeft).draw(into: &buffer, area: area)
  }
}
