import Trace

/// The values of what is plotted beside loss and accuracy.
package struct CurveLog: StatePart, Equatable {
  /// The most points of a curve: more than a screen has columns of dots.
  private static let capacity = 2_048

  /// The curves.
  package private(set) var curves: [PlotSeries: LossCurve] = [:]
  /// What the user plots.
  package private(set) var plots: [PlotSeries] = []
  /// What the run was last told to measure.
  var told: [PlotSeries] = []

  /// Nothing is known.
  package init() {}

  /// The points of a series.
  package func points(_ series: PlotSeries) -> [LossCurve.Point] { curves[series]?.points ?? [] }

  /// Plots a series from now on.
  mutating func add(_ series: PlotSeries) {
    if !plots.contains(series) { plots.append(series) }
  }

  /// Plots a series no longer, and forgets its values.
  mutating func remove(_ series: PlotSeries) {
    plots.removeAll { $0 == series }
    curves[series] = nil
  }

  /// Takes values that the run has measured.
  mutating func take(_ points: [SeriesPoint]) {
    for point in points { append(point.value, to: point.series, at: point.step) }
  }

  /// Takes what a moment has of what is plotted, which costs the run nothing.
  ///
  /// A run that `measuresItself` gives better numbers of what it was told to measure.
  mutating func take(_ moment: Moment, measuresItself: Bool) {
    guard moment.position.phase == .update else { return }
    let known = measuresItself ? told : []
    let step = moment.position.step
    let trained = moment.parameters.filter { $0.gradientNorm != nil }
    guard !trained.isEmpty else { return }
    if !known.contains(.gradientNorm) {
      let square = trained.reduce(0) { $0 + Self.square($1.gradientNorm) }
      appendNew(square.squareRoot(), to: .gradientNorm, at: step)
    }
    if !known.contains(.updateRatio), trained.allSatisfy({ $0.updateNorm != nil }) {
      let change = trained.reduce(0) { $0 + Self.square($1.updateNorm) }
      let size = moment.parameters.reduce(0) { $0 + Self.square($1.weightNorm) }
      appendNew(size == 0 ? 0 : (change / size).squareRoot(), to: .updateRatio, at: step)
    }
    for series in plots where !known.contains(series) {
      if let norm = Self.norm(series, moment) { appendNew(Double(norm), to: series, at: step) }
    }
  }

  /// Another future begins.
  mutating func cut(after step: Int) {
    for series in curves.keys { _ = curves[series]?.cut(after: step) }
  }

  /// Another run is shown: its values are not known.
  mutating func forget() { curves = [:] }

  private mutating func append(_ value: Double, to series: PlotSeries, at step: Int) {
    curves[series, default: LossCurve(capacity: Self.capacity)].append(step: step, value: value)
  }

  /// Appends the value of a step that has none: one that was measured is more exact.
  private mutating func appendNew(_ value: Double, to series: PlotSeries, at step: Int) {
    guard step > curves[series]?.newest?.step ?? 0 else { return }
    append(value, to: series, at: step)
  }

  private static func square(_ norm: Float?) -> Double { norm.map { Double($0) * Double($0) } ?? 0 }

  private static func norm(_ series: PlotSeries, _ moment: Moment) -> Float? {
    guard case .measure(.norm, let tensor) = series else { return nil }
    if let parameter = moment.parameters.first(where: { $0.name == tensor.node }) {
      return tensor.view == .gradient ? parameter.gradientNorm : parameter.weightNorm
    }
    guard let node = moment.graph.node(named: tensor.node), moment.states.indices.contains(node.id) else {
      return nil
    }
    return tensor.view == .gradient ? moment.states[node.id].gradientNorm : moment.states[node.id].valueNorm
  }
}

extension DebuggerState {
  /// What is plotted beside loss and accuracy.
  package var curves: CurveLog { parts[CurveLog.self] }

  /// Changes the curves in place: nothing else holds them meanwhile, so that no point is copied.
  mutating func changeCurves(_ change: (inout CurveLog) -> Void) {
    var curves = parts[CurveLog.self]
    parts[CurveLog.self] = CurveLog()
    change(&curves)
    parts[CurveLog.self] = curves
  }
}
