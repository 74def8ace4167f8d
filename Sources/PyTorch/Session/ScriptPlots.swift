import Localization
import Trace

/// The series that can be plotted of a script: the numbers that the probe tells of each step.
struct ScriptPlots: Sendable {
  private var series = RecordedSeries()
  /// What is plotted.
  var wanted: [PlotSeries] = []

  /// The points of some steps.
  mutating func points(of rows: [ScalarsMessage.Row], _ parameters: [String]) -> [SeriesPoint] {
    let steps = rows.map { row in
      StepScalars(
        step: row.step, loss: row.loss, accuracy: row.accuracy, learningRate: Float(row.learningRate),
        gradientNorms: row.gradientNorms, seconds: row.seconds)
    }
    return series.points(of: steps, wanted: wanted, parameters: parameters)
  }
}

extension ScriptSession {
  /// Plots these series from now on, as far as the script's process measures them.
  mutating func plot(_ series: [PlotSeries]) {
    let new = series.filter { !plots.wanted.contains($0) }
    plots.wanted = series
    for series in new where !isMeasured(series) {
      warn(
        localized(
          "\(series.text) is not plotted for a script: its process measures norms only, such as norm(\(example)); a breakpoint can compare other measures."
        ))
    }
  }

  /// Norms come with the steps, or with the moments that are shown.
  private func isMeasured(_ series: PlotSeries) -> Bool {
    guard case .measure(let measure, _) = series else { return true }
    return measure == .norm
  }

  private var example: String { (identity.description.parameterNames.first ?? "fc1.weight") + ".grad" }
}
