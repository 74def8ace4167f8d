import Localization
import Numbers
import TerminalUI
import Trace

extension LossPane {
  static var commands: [CommandRow] {
    [
      .key("a", name: "accuracy", help: localized("curves: show the accuracy, or the loss")) {
        $0.lossPane.chosen = $0.lossPane.showsAccuracy ? .loss : .accuracy
      },
      .key("y", name: "logarithm", help: localized("curves: a logarithmic axis, or a linear one")) {
        $0.lossPane.toggleLogarithm()
      },
      PlotCommand.row, GhostCommand.row,
      .key(
        .down, "j", name: "chart-below", help: localized("choose the next chart"),
        hint: localized("next chart"), in: .loss
      ) { $0.chooseChart(1) },
      .key(.up, "k", name: "chart-above", help: localized("choose the chart before"), in: .loss) {
        $0.chooseChart(-1)
      },
      .key(
        .right, "l", name: "cursor-right",
        help: localized("the cursor, which has every value: to later steps"),
        hint: localized("cursor"), in: .loss
      ) { $0.moveCurveCursor(by: 1) },
      .key(.left, "h", name: "cursor-left", help: localized("the cursor: to earlier steps"), in: .loss) {
        $0.moveCurveCursor(by: -1)
      },
      .key(
        "+", "=", name: "zoom-in",
        help: localized("show fewer steps, around the cursor; the wheel does it too"),
        hint: localized("fewer steps"), in: .loss
      ) { $0.zoomCurves(by: 0.5) },
      .key(
        "-", name: "zoom-out", help: localized("show more steps"), hint: localized("more steps"), in: .loss
      ) { $0.zoomCurves(by: 2) }
      .useful { $0.lossPane.window != .all },
      .key("[", name: "steps-back", help: localized("show earlier steps; a drag does it too"), in: .loss) {
        $0.panCurves(by: -0.5)
      },
      .key("]", name: "steps-ahead", help: localized("show later steps"), in: .loss) {
        $0.panCurves(by: 0.5)
      },
      .key(
        "f", name: "all-steps", help: localized("show all steps, and those to come"),
        hint: localized("all steps"), in: .loss
      ) {
        $0.lossPane.window = .all
        $0.lossPane.cursor = nil
      }
      .useful { $0.lossPane.window != .all },
      .key(
        .enter, name: "cursor-step",
        help: localized("go to the step of the cursor; without one, zoom the pane"),
        hint: localized("go there"), in: .loss
      ) {
        guard let step = $0.lossPane.cursor else { return $0.isZoomed.toggle() }
        $0.visit(.seek(step: step))
      }
      .useful { $0.lossPane.cursor != nil },
      .key(
        "o", name: "one-chart", help: localized("the chosen chart alone, or as many as there is room for"),
        in: .loss
      ) { $0.lossPane.showsOne.toggle() },
      .key("s", name: "smoothing", help: localized("smooth the curves more, or not at all"), in: .loss) {
        $0.lossPane.takeNextSmoothing()
      },
      .key("x", name: "log-steps", help: localized("a logarithmic axis of steps, or a linear one"), in: .loss)
      {
        $0.lossPane.isStepLogarithmic.toggle()
      },
    ]
  }

  /// Pages move by half of what is shown.
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    switch direction {
    case .pageUp: state.panCurves(by: -0.5)
    case .pageDown: state.panCurves(by: 0.5)
    case .up, .down, .left, .right: break
    }
  }

  /// A press puts the cursor on a step. A drag goes to the step under the mouse, or moves the steps where not all are
  /// shown.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    guard let charts = CurveCharts(state, area), let place = charts.place(atX: mouse.x, y: mouse.y),
      let value = place.chart.value(atColumn: mouse.x, area: place.area)
    else { return }
    switch mouse.kind {
    case .press:
      state.lossPane.chosen = place.name
      state.lossPane.cursor = Int(bounded: value.rounded(), to: 1...1 << 48)
      state.lossPane.grip = value
    case .drag where state.lossPane.window == .all:
      state.lossPane.cursor = nil
      state.visit(.seek(step: Int(bounded: value.rounded(), to: 1...1 << 48)))
    case .drag:
      if let grip = state.lossPane.grip {
        state.lossPane.window.pan(by: grip - value, in: charts.whole)
      } else {
        state.lossPane.grip = value
      }
    default: break
    }
  }

  /// The wheel shows fewer or more steps around the one under the mouse.
  static func scroll(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) -> Bool {
    guard let charts = CurveCharts(state, area), let place = charts.place(atX: mouse.x, y: mouse.y),
      let value = place.chart.value(atColumn: mouse.x, area: place.area)
    else { return false }
    state.lossPane.window.zoom(by: mouse.kind == .wheelUp ? 0.7 : 1 / 0.7, around: value, in: charts.whole)
    return true
  }

  /// Takes the cursor away, then shows all steps.
  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.pane == .loss else { return false }
    if state.lossPane.cursor != nil {
      state.lossPane.cursor = nil
      return true
    }
    guard state.lossPane.window != .all else { return false }
    state.lossPane.window = .all
    return true
  }

  /// Keeps the curves of a dropped future; what another rank has measured goes.
  static func willTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    if let table = news.ranks, let ranks = state.ranks, ranks.shown != table.shown {
      state.changeCurves { $0.forget() }
    }
    guard let fork = news.fork else { return }
    let step = fork.position.step
    state.changeCurves { $0.cut(after: step) }
    guard fork.future == .ghost else { return }
    var (losses, accuracies) = (state.trainLoss, state.trainAccuracy)
    state.lossPane.keep(
      LossPaneState.Ghost(
        losses: losses.cut(after: step), accuracies: accuracies.cut(after: step),
        epochs: state.epochs.filter { $0.step > step },
        name: localized("ghost from \(NumberText.grouped(step))")))
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    guard !news.series.isEmpty || news.moment != nil else { return }
    let isScript = state.description?.isScript == true
    state.changeCurves { curves in
      curves.take(news.series)
      if let moment = news.moment { curves.take(moment, measuresItself: !isScript) }
    }
  }

  /// Tells the run what to measure: what the user plots, and what is in view.
  static func layOut(_ state: inout DebuggerState, _ area: Rect) {
    let wanted = area.isEmpty ? state.curves.plots : CurveLayout(state, area, hasAll: true).wanted(state)
    if case .failed = state.status { return }
    guard wanted != state.curves.told else { return }
    state.changeCurves { $0.told = wanted }
    state.send(.plot(wanted))
  }
}

extension DebuggerState {
  /// Chooses the chart some places after the chosen one.
  fileprivate mutating func chooseChart(_ places: Int) {
    guard stepsWithValues != nil else { return }
    let names = CurveLayout.names(self)
    let now = names.firstIndex(of: lossPane.chosen) ?? 0
    lossPane.chosen = names[(now + places + names.count) % names.count]
  }

  /// Moves the cursor by a number of columns; the first time it comes from the moment that is shown.
  fileprivate mutating func moveCurveCursor(by columns: Int) {
    guard let charts = CurveCharts(self, areas[.loss, default: Rect(.zero)]),
      let place = charts[lossPane.chosen] ?? charts.places.first
    else { return }
    let width = charts.steps.upperBound - charts.steps.lowerBound
    let column = max(1, (width / Double(max(1, place.chart.columnCount(place.area)))).rounded())
    let start = lossPane.cursor ?? moment?.position.step ?? Int(charts.whole.upperBound)
    let wanted = Double(start) + Double(columns) * column
    let step = min(charts.whole.upperBound, max(charts.whole.lowerBound, wanted))
    lossPane.cursor = Int(bounded: step.rounded(), to: 1...1 << 48)
    lossPane.window.reveal(step, in: charts.whole)
  }

  /// Shows a share of the steps or a multiple, around the cursor, the moment that is shown, or the newest step.
  fileprivate mutating func zoomCurves(by factor: Double) {
    guard let whole = stepsWithValues else { return }
    let steps = lossPane.window.steps(in: whole)
    let moment = moment.flatMap { $0.isBehindHead ? $0.position.step : nil }
    let center = (lossPane.cursor ?? moment).map(Double.init).flatMap { steps.contains($0) ? $0 : nil }
    lossPane.window.zoom(by: factor, around: center ?? steps.upperBound, in: whole)
  }

  /// Shows earlier or later steps, by a share of those that are shown.
  fileprivate mutating func panCurves(by share: Double) {
    guard let whole = stepsWithValues else { return }
    let steps = lossPane.window.steps(in: whole)
    lossPane.window.pan(by: share * (steps.upperBound - steps.lowerBound), in: whole)
  }
}
