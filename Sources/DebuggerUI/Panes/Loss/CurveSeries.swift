import Localization
import Numbers
import TerminalUI
import Trace

/// The curves of each chart.
struct CurveSeries {
  private let state: DebuggerState
  /// Whether there is room to name every ghost.
  private let isWide: Bool
  private var look: LossPaneState { state.lossPane }
  private var regression: RegressionTarget? { state.description?.regression }

  /// What of the points is shown.
  private let bins: CurveBins

  /// The curves of a state.
  init(_ state: DebuggerState, isWide: Bool, bins: CurveBins) {
    (self.state, self.isWide, self.bins) = (state, isWide, bins)
  }

  /// The curves of a chart, what lies below first.
  func series(_ name: CurveName) -> [ChartSeries] {
    switch name {
    case .loss: ghosts(name) + losses
    case .accuracy: ghosts(name) + accuracies
    case .series(let series): measured(series, times: name.factor)
    }
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

  /// Dropped futures, grey and dashed below the curves; other runs are dashed in colours of their own.
  private func ghosts(_ name: CurveName) -> [ChartSeries] {
    look.ghosts.enumerated().flatMap { index, ghost in
      let style = Style.foreground(
        ghost.isRecording ? Accents.series[3 + index % (Accents.series.count - 3)] : Accents.muted)
      let curves =
        name == .accuracy
        ? [
          points(ghost.accuracies, times: 100),
          epochPoints(ghost.epochs) { $0.validationAccuracy.map { $0 * 100 } },
        ] : [points(ghost.losses), epochPoints(ghost.epochs) { $0.validationLoss }]
      let isNamed = isWide || ghost.isRecording || index == look.ghosts.count - 1
      return curves.filter { !$0.isEmpty }.enumerated().map { place, points in
        ChartSeries(
          place == 0 && isNamed ? ghost.name : "", points: bins.joined(points), style: style,
          pattern: .dashed)
      }
    }
  }

  /// What the run has measured; beside the norms of all parameters those of the chosen one.
  private func measured(_ series: PlotSeries, times factor: Double) -> [ChartSeries] {
    let own = points(state.curves.points(series), times: factor)
    switch series {
    case .learningRate:
      return curve("lr", held(own), 0).map { curve in
        var curve = curve
        curve.isHeld = true
        curve.marksPoints = false
        return curve
      }
    case .gradientNorm, .updateRatio:
      guard let parameter = state.chosenParameter else { return curve(localized("all"), own, 0) }
      return curve(localized("all"), own, 0) + curve(parameter, ofParameter(parameter, series), 2)
    case .deadUnits: return curve("ReLU", own, 0)
    case .measure(let measure, of: _):
      // What moments had of a parameter's gradient comes before what is measured.
      let all = series.gradientNormParameter.map { ofParameter($0, .gradientNorm) } ?? own
      return curve(measure.rawValue, all, 0)
    }
  }

  /// A parameter's own values: as the run measures them, before that as the moments had them.
  private func ofParameter(_ parameter: String, _ series: PlotSeries) -> [ChartPoint] {
    let measured =
      series == .gradientNorm ? points(state.curves.points(.gradientNorm(of: parameter))) : []
    let seen = state.gradients.history.points(of: parameter, series)
    return seen.prefix { $0.x < measured.first?.x ?? .infinity } + measured
  }

  /// A number that keeps its value until it is told anew: a curve in steps, to the newest step.
  private func held(_ points: [ChartPoint]) -> [ChartPoint] {
    var result: [ChartPoint] = []
    for point in points {
      if let last = result.last, point.x - last.x > 1 { result.append(ChartPoint(x: point.x - 1, y: last.y)) }
      result.append(point)
    }
    if let last = result.last, let newest = state.trainLoss.newest, Double(newest.step) > last.x {
      result.append(ChartPoint(x: Double(newest.step), y: last.y))
    }
    return result
  }

  /// A curve; where it is smoothed, the curve itself is dim below its average.
  private func curve(_ name: String, _ points: [ChartPoint], _ color: Int) -> [ChartSeries] {
    guard !points.isEmpty else { return [] }
    let style = Style.foreground(Accents.series[color])
    let shown = bins.joined(points)
    guard look.smoothing > 0 else { return [measured(name, shown, style)] }
    let smoothed = bins.joined(Smoothing.debiased(points, weight: look.smoothing))
    return [
      measured("", shown, style.dim),
      ChartSeries(name, points: smoothed.map(\.alone), style: style.bold),
    ]
  }

  private func epochs(
    _ name: String, _ epochs: [EpochResult], _ color: Int, _ value: (EpochResult) -> Double?
  ) -> [ChartSeries] {
    let points = epochPoints(epochs, value)
    return points.isEmpty ? [] : [measured(name, points, .foreground(Accents.series[color]))]
  }

  /// A curve whose points are measured.
  private func measured(_ name: String, _ points: [ChartPoint], _ style: Style) -> ChartSeries {
    var curve = ChartSeries(name, points: points, style: style)
    curve.marksPoints = true
    return curve
  }

  private func epochPoints(
    _ epochs: [EpochResult], _ value: (EpochResult) -> Double?
  ) -> [ChartPoint] {
    epochs.compactMap { result in value(result).map { ChartPoint(x: Double(result.step), y: $0) } }
  }

  private func points(_ points: [LossCurve.Point], times factor: Double = 1) -> [ChartPoint] {
    points.map {
      ChartPoint(x: Double($0.step), y: $0.value * factor, low: $0.low * factor, high: $0.high * factor)
    }
  }
}

extension ChartPoint {
  /// The point without the span of the values that it stands for.
  fileprivate var alone: ChartPoint { ChartPoint(x: x, y: y) }
}
