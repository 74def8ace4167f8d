import Localization
import Numbers
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
  /// Whether escape stops it.
  var canBeStopped = true

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let head = TextLine(name + " ", .foreground(Accents.focus))
    let x = buffer.draw(head, x: area.x, y: area.y, maxWidth: area.width)
    let percent = " \(Int(fraction * 100)) %"
    let left = Span(secondsLeft.map { "  " + TimeLeft.text($0) } ?? "")
    let stop = Span(localized("  esc stops"), .foreground(Accents.muted), control: .key(.escape))
    let rest = TextLine(canBeStopped ? [left, stop] : [left])
    let hasRest = area.maxX - x - percent.count - rest.width >= 10
    let width = min(40, area.maxX - x - percent.count - (hasRest ? rest.width : 0))
    guard width >= 4 else { return }
    ProgressBar(fraction: fraction)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    let end = buffer.draw(percent, x: x + width, y: area.y)
    if hasRest { buffer.draw(rest, x: end, y: area.y) }
  }
}

extension WorkBar {
  /// The bar of what the run does that takes long; nil while it does nothing of that kind.
  init?(_ state: DebuggerState) {
    if let seek = state.seek {
      let step = NumberText.grouped(seek.target)
      // Ahead is where training has not been.
      let isAhead = seek.target > state.moment?.head.step ?? .max
      self.init(
        name: isAhead ? localized("ahead to step \(step)") : localized("back to step \(step)"),
        fraction: seek.share, secondsLeft: state.secondsToTarget)
    } else if let test = state.modelTest {
      self.init(
        name: WorkBar.name(of: test.progress.test), fraction: test.clock.share,
        secondsLeft: test.clock.secondsLeft)
    } else if let evaluation = state.evaluation {
      self.init(
        name: localized("evaluating"), fraction: evaluation.share, secondsLeft: evaluation.secondsLeft,
        canBeStopped: false)
    } else {
      return nil
    }
  }

  private static func name(of test: ModelTest) -> String {
    switch test {
    case .overfit: localized("learning one batch")
    case .learningRates: localized("trying learning rates")
    case .gradients: localized("checking derivatives")
    }
  }
}
