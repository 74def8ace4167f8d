import Localization
import TerminalUI
import Trace

/// The loss over the learning rate, and the rate at which it falls most steeply.
package struct LearningRateOverlay: Overlay {
  private let sweep: LearningRateSweep

  /// What the sweep has shown.
  package init(_ sweep: LearningRateSweep) { self.sweep = sweep }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    if key == .character("l"), let rate = sweep.suggestion {
      // Only Enter changes the run, and until then the number can be changed.
      state.console = Console("lr \(LearningRateSweep.text(rate).replacing("−", with: "-"))")
      return .closed
    }
    return ResultBox.closes(key) ? .closed : .ignored
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let choice = sweep.suggestion == nil ? [] : [(key: "l", answer: localized("take the learning rate"))]
    ResultBox(
      title: localized("Loss over learning rate"),
      color: sweep.suggestion == nil ? Accents.warning : Accents.good, conclusion: sweep.conclusion,
      keys: choice + [(localized("esc"), localized("close"))]
    ).draw(into: &buffer, area, wanted: Size(width: 84, height: 18)) { $0.draw(chart, $1) }
  }

  private var chart: LineChart {
    let least = sweep.points.map(\.smoothed).filter(\.isFinite).min() ?? 0
    // What lies far above what is usual would press all else to the bottom.
    let usual = sweep.points.prefix(max(1, sweep.points.count / 4)).map(\.loss).max() ?? 0
    let top = least > 0 && usual.isFinite ? max(usual, least) * 2 : .infinity
    func points(_ loss: (LearningRateSweep.Point) -> Double) -> [ChartPoint] {
      sweep.points.map { ChartPoint(x: $0.rate, y: loss($0) <= top ? loss($0) : .infinity) }
    }
    var chart = LineChart([
      ChartSeries(localized("each batch"), points: points(\.loss), style: .foreground(Accents.muted).dim),
      ChartSeries(localized("smoothed"), points: points(\.smoothed), style: .foreground(Accents.series[0])),
    ])
    chart.isStepLogarithmic = true
    chart.pointer = sweep.suggestion
    chart.pointerStyle = .foreground(Accents.focus)
    chart.title = TextLine(localized("loss"), .plain.bold)
    if let rate = sweep.suggestion {
      chart.title.append("  ┊ " + LearningRateSweep.text(rate), .foreground(Accents.focus))
    }
    return chart
  }
}
