import Localization
import Numbers
import TerminalUI
import Trace

/// Which charts the curves pane shows, and where: one beside the other and one above the other where there is room.
struct CurveLayout {
  /// The least size of a chart that is one of several.
  private static let least = Size(width: 44, height: 9)
  private static let mostColumns = 3

  /// All charts that can be chosen, in their order.
  let names: [CurveName]
  /// Those that are shown, each with its place and whether its axis has labels.
  let places: [(name: CurveName, area: Rect, showsStepLabels: Bool)]
  /// How many are beside each other.
  let columnCount: Int

  /// The layout of a state's charts in an area: of those that have values, or of all that the run is asked for.
  init(_ state: DebuggerState, _ area: Rect, hasAll: Bool = false) {
    names = CurveLayout.names(state).filter { hasAll || CurveLayout.isWorthRoom($0, state) }
    let chosen = names.firstIndex(of: state.lossPane.chosen) ?? 0
    let most = max(1, min(CurveLayout.mostColumns, area.width / CurveLayout.least.width))
    let room = state.lossPane.showsOne ? 1 : most * max(1, area.height / CurveLayout.least.height)
    let shown = ListWindow.visible(count: names.count, height: room, selected: chosen, first: 0)
    let columns = max(1, min(most, shown.count))
    let rows = max(1, (shown.count + columns - 1) / columns)
    columnCount = columns
    let lines = area.splitRows(Array(repeating: .fill(1), count: rows)).map {
      $0.splitColumns(Array(repeating: .fill(1), count: columns))
    }
    places = shown.enumerated().map { [names] index, name in
      var place = lines[index / columns][index % columns]
      // Two columns between charts keep their legends apart.
      if index % columns > 0 { place = place.inset(left: 2) }
      return (names[name], place, index + columns >= shown.count)
    }
  }

  /// The charts of a run: the loss, what the user plots, and the usual ones as far as the run has them.
  static func names(_ state: DebuggerState) -> [CurveName] {
    let plots = state.curves.plots.map { CurveName.series($0) }
    let graph = state.wholeGraph
    let usual = CurveName.usual.dropFirst().filter { name in
      switch name {
      case _ where name == state.lossPane.chosen: true
      case .accuracy: !state.trainAccuracy.points.isEmpty || state.description?.regression != nil
      case .series(.deadUnits): graph?.nodes.contains { $0.operation == "relu" } ?? false
      case .series(.updateRatio), .loss, .series: true
      }
    }
    return [.loss] + plots + usual.filter { !plots.contains($0) }
  }

  /// Whether a chart is chosen, plotted by the user, or has values.
  private static func isWorthRoom(_ name: CurveName, _ state: DebuggerState) -> Bool {
    guard name != state.lossPane.chosen else { return true }
    switch name {
    case .loss: return true
    case .accuracy:
      return !state.trainAccuracy.points.isEmpty || state.epochs.contains { $0.validationAccuracy != nil }
        || state.description?.regression != nil
    case .series(let series):
      return state.curves.plots.contains(series) || !state.curves.points(series).isEmpty
    }
  }

  /// What the run has to measure for the charts that are shown, beside what the user plots.
  func wanted(_ state: DebuggerState) -> [PlotSeries] {
    var wanted = state.curves.plots
    for place in places {
      guard case .series(let series) = place.name, series != .learningRate, !wanted.contains(series) else {
        continue
      }
      wanted.append(series)
    }
    if wanted.contains(.gradientNorm), let parameter = state.chosenParameter {
      let own = PlotSeries.gradientNorm(of: parameter)
      if !wanted.contains(own) { wanted.append(own) }
    }
    return wanted
  }
}

extension DebuggerState {
  /// The parameter that the user has chosen; nil where something else is chosen, or nothing.
  var chosenParameter: String? { focus.node.flatMap { parameterNames.contains($0) ? $0 : nil } }

  /// The first and the last step that have values; nil before the first.
  var stepsWithValues: ClosedRange<Double>? {
    let ghosts = lossPane.ghosts.flatMap { [$0.losses.first?.step, $0.losses.last?.step] }
    let curves = curves.curves.values.flatMap { [$0.points.first?.step, $0.points.last?.step] }
    let own = [
      trainLoss.points.first?.step, trainLoss.points.last?.step, epochs.first?.step, epochs.last?.step,
    ]
    let steps = (own + ghosts + curves).compactMap { $0 }
    guard let first = steps.min(), let last = steps.max() else { return nil }
    return Double(first)...Double(last)
  }
}

/// The charts of the curves pane with their curves.
struct CurveCharts {
  /// A chart and where it is.
  struct Place {
    let name: CurveName
    var chart: LineChart
    let area: Rect
  }

  private(set) var places: [Place]
  /// The steps of the whole run.
  let whole: ClosedRange<Double>
  /// The steps that are shown.
  let steps: ClosedRange<Double>

  /// The charts of a state in an area; nil before the first value.
  init?(_ state: DebuggerState, _ area: Rect) {
    guard let whole = state.stepsWithValues else { return nil }
    let look = state.lossPane
    let layout = CurveLayout(state, area)
    let isAlone = layout.places.count == 1
    self.whole = whole
    let steps = look.window.steps(in: whole)
    self.steps = steps
    let moment = state.moment.flatMap { $0.isBehindHead ? Double($0.position.step) : nil }
    let isRegression = state.description?.regression != nil
    let pointer = look.cursor.map(Double.init) ?? moment
    let marks = CurveCharts.marks(state)
    let isWide = area.width >= 90
    places = layout.places.map { name, area, showsStepLabels in
      let curves = CurveSeries(
        state, isWide: isWide,
        bins: CurveBins(columns: area.width, steps: look.window == .all ? nil : steps, pointer: pointer))
      var chart = LineChart(
        curves.series(name), isLogarithmic: look.isLogarithmic(name), cursor: moment, marks: marks)
      // Alone, a chart shows its own steps only.
      if !isAlone || look.window != .all { chart.steps = steps }
      chart.isStepLogarithmic = look.isStepLogarithmic
      chart.pointer = pointer
      chart.top = name.top(isRegression: isRegression)
      chart.always = name.always
      chart.pointerStyle = .foreground(look.cursor == nil ? Accents.warning : Accents.focus)
      (chart.hasEnvelope, chart.isFilled) = (true, true)
      chart.valueText = { name.text(of: $0) }
      chart.showsStepLabels = showsStepLabels
      if !isAlone { chart.title = CurveCharts.title(name, state) }
      return Place(name: name, chart: chart, area: area)
    }
    if places.count > layout.columnCount { alignAxes(columns: layout.columnCount) }
  }

  /// The chart of a name.
  subscript(name: CurveName) -> Place? { places.first { $0.name == name } }

  /// The chart at a cell of the screen.
  func place(atX x: Int, y: Int) -> Place? { places.first { $0.area.contains(x: x, y: y) } }

  /// Charts above each other have their steps above each other.
  private mutating func alignAxes(columns: Int) {
    let rooms = places.map { $0.chart.labelRoom($0.area) }
    for index in places.indices {
      let own = stride(from: index % columns, to: places.count, by: columns)
      places[index].chart.labelWidth = own.map { rooms[$0] }.max() ?? 0
    }
  }

  private static func title(_ name: CurveName, _ state: DebuggerState) -> TextLine {
    let isChosen = name == state.lossPane.chosen && state.pane == .loss
    let title = name.title(isRegression: state.description?.regression != nil)
    var line = TextLine(
      (isChosen ? "▸ " : "") + title, isChosen ? .foreground(Accents.focus).bold : Style(attributes: .bold))
    if state.lossPane.isLogarithmic(name) {
      line.append(" " + localized("log"), .foreground(Accents.warning))
    }
    return line
  }

  /// The steps that were marked or have a note, in a recording too.
  private static func marks(_ state: DebuggerState) -> [Double] {
    let noted = state.events.events.filter { $0.kind == .mark || $0.kind == .note }.map(\.position.step)
    return Set(noted + (state.mark.map { [$0.step] } ?? [])).sorted().map(Double.init)
  }
}
