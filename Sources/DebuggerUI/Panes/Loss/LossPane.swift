import Localization
import Numbers
import TerminalUI
import Trace

/// The loss of training, step by step, and of validation, epoch by epoch; or the accuracy of both.
struct LossPane: Pane {
  static let id = PaneID.loss
  static let corner = ScreenCorner.bottomLeft

  let state: DebuggerState
  private var look: LossPaneState { state.lossPane }
  private var regression: RegressionTarget? { state.description?.regression }

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    let muted = Style.foreground(Accents.muted)
    var line =
      look.showsAccuracy
      ? TextLine(" " + (regression == nil ? localized("accuracy %") : "R²"), .foreground(Accents.warning))
      : TextLine()
    guard let result = state.shownEpoch else { return line }
    // Where there is no accuracy, R² or the loss takes its place.
    let (train, validation) =
      result.trainAccuracy == nil
      ? (scoreText(result.loss, isTraining: true), result.validationLoss.map { scoreText($0) })
      : (result.trainAccuracy.map(percent), result.validationAccuracy.map(percent))
    for (name, value) in [
      (" " + localized("train") + " ", train), ("  " + localized("val") + " ", validation),
    ] {
      guard let value else { continue }
      line = line + TextLine([Span(name, muted), Span(value)])
    }
    return line
  }

  var trailing: TextLine {
    let words = [
      look.smoothing > 0
        ? localized("smoothed \(NumberText.setting(look.smoothing))") : nil,
      look.isLogarithmic && !look.showsAccuracy ? localized("log") : nil,
    ]
    return TextLine(words.compactMap { $0 }.joined(separator: "  "), .foreground(Accents.warning))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard var chart else {
      let what =
        !look.showsAccuracy
        ? localized("the curve begins after the first step")
        : state.trainLoss.points.isEmpty
          ? localized("no accuracy has been measured yet")
          : localized("there is no accuracy: the targets are not classes")
      return TextLine(what, .foreground(Accents.muted)).draw(into: &buffer, area: area)
    }
    // Colours tell the curves apart, so they need no patterns.
    if buffer.capabilities.colorSupport != .none {
      for index in chart.series.indices where chart.series[index].pattern == nil {
        chart.series[index].pattern = .solid
      }
    }
    chart.draw(into: &buffer, area: area)
  }

  /// The curves; nil before the first point.
  var chart: LineChart? {
    let series = ghosts + (look.showsAccuracy ? accuracies : losses)
    guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
    let cursor = state.moment.flatMap { $0.isBehindHead ? Double($0.position.step) : nil }
    return LineChart(
      series, isLogarithmic: look.isLogarithmic && !look.showsAccuracy, cursor: cursor,
      marks: marks)
  }

  /// The steps that were marked or have a note, in a recording too.
  private var marks: [Double] {
    let noted = state.events.events.filter { $0.kind == .mark || $0.kind == .note }.map(\.position.step)
    return Set(noted + (state.mark.map { [$0.step] } ?? [])).sorted().map(Double.init)
  }

  private var losses: [ChartSeries] {
    curve(localized("train"), points(state.trainLoss.points), 0)
      + epochs(localized("validation"), state.epochs, 1) { $0.validationLoss }
  }

  private var accuracies: [ChartSeries] {
    if let regression {
      let batches = state.trainLoss.points.compactMap { point in
        regression.trainR2(loss: point.value).map { ChartPoint(x: Double(point.step), y: $0) }
      }
      return curve(localized("batch"), batches, 0)
        + epochs(localized("validation"), state.epochs, 1) {
          $0.validationLoss.flatMap(regression.validationR2)
        }
    }
    let batches = points(state.trainAccuracy.points, times: 100)
    return curve(localized("batch"), batches, 0)
      + epochs(localized("train"), state.epochs, 2) { $0.trainAccuracy.map { $0 * 100 } }
      + epochs(localized("validation"), state.epochs, 1) { $0.validationAccuracy.map { $0 * 100 } }
  }

  /// Dropped futures, grey and dashed below the curves; the legend names them once.
  private var ghosts: [ChartSeries] {
    let style = Style.foreground(Accents.muted)
    let curves = look.ghosts.flatMap { ghost in
      look.showsAccuracy
        ? [
          points(ghost.accuracies, times: 100),
          epochPoints(ghost.epochs) { $0.validationAccuracy.map { $0 * 100 } },
        ] : [points(ghost.losses), epochPoints(ghost.epochs) { $0.validationLoss }]
    }
    return curves.filter { !$0.isEmpty }.enumerated().map { index, points in
      ChartSeries(index == 0 ? localized("ghost") : "", points: points, style: style, pattern: .dashed)
    }
  }

  /// A curve; where it is smoothed, the curve itself is dim below its average.
  private func curve(_ name: String, _ points: [ChartPoint], _ color: Int) -> [ChartSeries] {
    guard !points.isEmpty else { return [] }
    let style = Style.foreground(Accents.series[color])
    guard look.smoothing > 0 else { return [ChartSeries(name, points: points, style: style)] }
    return [
      ChartSeries("", points: points, style: style.dim),
      ChartSeries(name, points: Smoothing.debiased(points, weight: look.smoothing), style: style.bold),
    ]
  }

  private func epochs(
    _ name: String, _ epochs: [EpochResult], _ color: Int, _ value: (EpochResult) -> Double?
  ) -> [ChartSeries] {
    let points = epochPoints(epochs, value)
    return points.isEmpty
      ? [] : [ChartSeries(name, points: points, style: .foreground(Accents.series[color]))]
  }

  private func epochPoints(
    _ epochs: [EpochResult], _ value: (EpochResult) -> Double?
  ) -> [ChartPoint] {
    epochs.compactMap { result in value(result).map { ChartPoint(x: Double(result.step), y: $0) } }
  }

  private func points(_ points: [LossCurve.Point], times factor: Double = 1) -> [ChartPoint] {
    points.map { ChartPoint(x: Double($0.step), y: $0.value * factor) }
  }

  private func percent(_ share: Double) -> String {
    NumberText.field(NumberText.percent(share), NumberText.percentWidth)
  }

  /// R² where that is shown, else the loss.
  private func scoreText(_ loss: Double, isTraining: Bool = false) -> String {
    guard look.showsAccuracy, let regression else { return lossText(loss) }
    let r2 = isTraining ? regression.trainR2(loss: loss) : regression.validationR2(loss: loss)
    return r2.map { NumberText.field(NumberText.share($0), NumberText.percentWidth) } ?? lossText(loss)
  }

  private func lossText(_ loss: Double) -> String {
    NumberText.field(NumberText.loss(loss), NumberText.lossWidth)
  }
}
