import Localization
import Numbers
import TerminalUI
import Trace

/// The losses of a network that was trained on one batch alone, and whether it can learn it.
package struct OverfitOverlay: Overlay {
  private let test: OverfitTest
  private var isLogarithmic = true

  /// What the test has shown.
  package init(_ test: OverfitTest) { self.test = test }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    if key == .character("y") {
      if hasCurves { isLogarithmic.toggle() }
      return .open
    }
    return ResultBox.closes(key) ? .closed : .ignored
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let look: (mark: String, color: Color) =
      switch test.verdict {
      case .learns: ("✓", Accents.good)
      case .learnsOtherwise, .stillFalls: ("?", Accents.warning)
      case .brokenWeights, .fails: ("✗", Accents.bad)
      }
    let axis = ("y", isLogarithmic ? localized("linear axis") : localized("logarithmic axis"))
    ResultBox(
      title: localized("Learning one batch"), color: look.color,
      conclusion: "\(look.mark) \(test.conclusion)",
      keys: (hasCurves ? [axis] : []) + [(localized("esc"), localized("close"))]
    ).draw(into: &buffer, area, wanted: Size(width: 84, height: hasCurves ? 18 : 0)) {
      if hasCurves { $0.draw(chart, $1) }
    }
  }

  /// Whether any step was made: a single loss is no curve.
  private var hasCurves: Bool { test.attempts.contains { $0.steps > 0 } }

  private func text(_ loss: Double) -> String { NumberText.trimmed(NumberText.measure(loss)) }

  /// The losses of each optimizer, and the goal.
  private var chart: LineChart {
    let curves = test.attempts.enumerated().map { place, attempt in
      ChartSeries(
        (attempt.start.map { localized("step \($0)") + " " } ?? "") + attempt.optimizer,
        points: attempt.losses.enumerated().map { ChartPoint(x: Double($0.offset), y: $0.element) },
        style: .foreground(Accents.series[place % Accents.series.count]))
    }
    let last = test.attempts.map(\.steps).max() ?? 0
    let goal = ChartSeries(
      localized("goal \(text(test.goal)), 1 % of \(text(test.goal / OverfitTest.goalShare))"),
      points: [0, Double(max(1, last))].map { ChartPoint(x: $0, y: test.goal) },
      style: .foreground(Accents.muted))
    var chart = LineChart(curves + [goal], isLogarithmic: isLogarithmic)
    chart.title = TextLine(
      test.sampleCount == 1 ? localized("loss, 1 sample") : localized("loss, \(test.sampleCount) samples"),
      .plain.bold)
    return chart
  }
}
