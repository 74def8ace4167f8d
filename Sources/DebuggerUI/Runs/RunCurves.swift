import Localization
import TerminalUI
import Trace

/// The curves of the chosen recordings over each other; of the selected one while none is chosen.
struct RunCurves: Widget {
  private let state: RunListState

  init(_ state: RunListState) { self.state = state }

  /// The weight of what came before in a smoothed curve.
  static let smoothing = 0.9

  /// The colour of a chosen recording's number.
  static func color(_ number: Int) -> Color { Accents.series[number % Accents.series.count] }

  /// What the curves are of.
  var heading: String {
    switch state.curve {
    case .loss: localized("loss of training")
    case .validation: localized("loss of validation")
    case .accuracy: localized("accuracy %")
    }
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let series = series(hasColors: buffer.capabilities.colorSupport != .none)
    guard series.contains(where: { !$0.points.isEmpty }) else {
      return Paragraph([TextLine(absence, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
    }
    let isLogarithmic = state.isLogarithmic && state.curve != .accuracy
    var chart = LineChart(isLogarithmic ? series : RunCurves.limited(series), isLogarithmic: isLogarithmic)
    if state.curve == .accuracy { chart.top = 100 }
    chart.draw(into: &buffer, area: area)
  }

  /// The curves with what is far above the usual cut off, so that a run that explodes does not flatten the others; the
  /// name of one that is cut ends in `↑`.
  static func limited(_ series: [ChartSeries]) -> [ChartSeries] {
    let usual = series.compactMap { curve -> Double? in
      let values = curve.points.map(\.y).filter(\.isFinite).sorted()
      return values.isEmpty ? nil : values[values.count * 9 / 10]
    }.sorted()
    guard let middle = usual.isEmpty ? nil : usual[(usual.count - 1) / 2], middle > 0 else { return series }
    let limit = RunCurves.mostTimesUsual * middle
    return series.map { curve in
      guard curve.points.contains(where: { $0.y.isFinite && $0.y > limit }) else { return curve }
      var curve = curve
      curve.name += " ↑"
      curve.points = curve.points.map { $0.y.isFinite && $0.y > limit ? ChartPoint(x: $0.x, y: limit) : $0 }
      return curve
    }
  }

  /// Values above so many times what most of them stay below are cut off.
  private static let mostTimesUsual = 8.0

  private var absence: String {
    guard !state.wanted.isEmpty else { return localized("no values yet") }
    if state.curve == .loss, state.wanted.contains(where: { state.details[$0] == nil && isReadable($0) }) {
      return localized("reading the curves…")
    }
    return switch state.curve {
    case .loss: localized("no loss was recorded")
    case .validation: localized("no epoch was validated")
    case .accuracy: localized("no accuracy was recorded")
    }
  }

  private func isReadable(_ path: String) -> Bool {
    switch state.runs[path]?.state {
    case .unreadable?, nil: false
    default: true
    }
  }

  private func series(hasColors: Bool) -> [ChartSeries] {
    let chosen = state.chosenRuns
    guard !chosen.isEmpty else {
      guard let run = state.selectedRun else { return [] }
      return [curve(run.name, run, .foreground(Accents.muted))]
    }
    return chosen.map { number, run in
      // Where there are more recordings than colours, a pattern tells two of a colour apart.
      let patterns: [ChartSeries.Pattern] = [.solid, .dashed, .dotted]
      let place = hasColors ? number / Accents.series.count : number
      return curve(
        "\(number + 1) \(run.name)", run, .foreground(RunCurves.color(number)),
        patterns[place % patterns.count])
    }
  }

  private func curve(
    _ name: String, _ run: RunSummary, _ style: Style, _ pattern: ChartSeries.Pattern? = nil
  ) -> ChartSeries {
    var curve = ChartSeries(name, points: points(run), style: style, pattern: pattern)
    curve.marksPoints = state.curve != .loss || !state.isSmoothed
    return curve
  }

  private func points(_ run: RunSummary) -> [ChartPoint] {
    let steps = state.details[run.path]?.points ?? []
    func epochs(_ value: (EpochResult) -> Double?) -> [ChartPoint] {
      run.epochResults.compactMap { result in value(result).map { ChartPoint(x: Double(result.step), y: $0) }
      }
    }
    switch state.curve {
    case .loss:
      let points = steps.map { ChartPoint(x: Double($0.step), y: Double($0.loss)) }
      return state.isSmoothed ? Smoothing.debiased(points, weight: RunCurves.smoothing) : points
    case .validation: return epochs(\.validationLoss)
    case .accuracy:
      let measured = epochs { ($0.validationAccuracy ?? $0.trainAccuracy).map { $0 * 100 } }
      guard measured.isEmpty else { return measured }
      return steps.compactMap { point in
        point.accuracy.map { ChartPoint(x: Double(point.step), y: Double($0) * 100) }
      }
    }
  }
}
