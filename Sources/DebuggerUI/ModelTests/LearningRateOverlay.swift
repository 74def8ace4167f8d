import Localization
import TerminalUI
import Trace

/// The loss over the learning rate, and the rate to take.
package struct LearningRateOverlay: Overlay {
  private let sweep: LearningRateSweep

  /// What the sweep has shown.
  package init(_ sweep: LearningRateSweep) { self.sweep = sweep }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    if key == .character("l") {
      guard let rate = sweep.choice else { return .open }
      // Only Enter changes the run, and until then the number can be changed.
      state.console = Console(Self.command(rate))
      return .closed
    }
    return ResultBox.closes(key) ? .closed : .ignored
  }

  private static func command(_ rate: Double) -> String {
    "lr \(LearningRateSweep.text(rate).replacing("−", with: "-"))"
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let choice = sweep.choice.map { rate in
      [(key: "l", answer: localized("type :\(Self.command(rate))"))]
    }
    ResultBox(
      title: localized("Loss over learning rate"),
      color: sweep.suggestion == nil ? Accents.warning : Accents.good, conclusion: sweep.conclusion,
      keys: (choice ?? []) + [(localized("esc"), localized("close"))]
    ).draw(into: &buffer, area, wanted: Size(width: 84, height: 18)) { $0.draw(chart, $1) }
  }

  private var chart: LineChart {
    let least = sweep.points.map(\.smoothed).filter(\.isFinite).min() ?? 0
    // What lies far above what is usual would press all else to the bottom.
    let usual = sweep.points.prefix(max(1, sweep.points.count / 4)).map(\.loss).max() ?? 0
    let limit = least > 0 && usual.isFinite ? max(usual, least) * 2 : .infinity
    // The last step that is shown is the one after which nothing comes back.
    let last = sweep.points.lastIndex { min($0.loss, $0.smoothed) <= limit } ?? 0
    func points(_ loss: (LearningRateSweep.Point) -> Double) -> [ChartPoint] {
      sweep.points.prefix(last + 2).map { ChartPoint(x: $0.rate, y: loss($0)) }
    }
    var chart = LineChart([
      ChartSeries(localized("each batch"), points: points(\.loss), style: .foreground(Accents.muted).dim),
      ChartSeries(localized("smoothed"), points: points(\.smoothed), style: .foreground(Accents.series[0])),
    ])
    chart.isStepLogarithmic = true
    chart.limit = limit
    chart.pointer = sweep.choice
    chart.pointerStyle = .foreground(Accents.focus)
    chart.title = TextLine(localized("loss"), .plain.bold)
    if let rate = sweep.choice {
      chart.title.append("  ┊ " + LearningRateSweep.text(rate), .foreground(Accents.focus))
    }
    return chart
  }
}
