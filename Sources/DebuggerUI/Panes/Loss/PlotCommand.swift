import Localization
import Trace

/// `:plot`: lists, adds and removes what is plotted beside loss and accuracy.
enum PlotCommand {
  static var row: CommandRow {
    CommandRow.only("plot", help: localized("plot a number of a step; alone, list what is plotted")) {
      $0.listPlots()
    }
    .taking(localized("[off] [SERIES]"), completion, example: "norm(fc1.weight.grad)", read)
  }

  /// `SERIES`, `off SERIES` or `off`.
  static func read(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let words = arguments.words
    guard words.first?.text.lowercased() == "off" else {
      let name = try name(arguments.text, at: arguments.column, state)
      return { $0.plot(name) }
    }
    guard words.count > 1 else { return { $0.removePlots() } }
    let text = String(arguments.text.dropFirst(words[1].column - arguments.column))
    guard let series = state.curves.plots.first(where: { $0.text == text }) else {
      let plotted = state.curves.plots.map(\.text).joined(separator: ", ")
      throw ConsoleError(
        plotted.isEmpty
          ? localized("'\(text)' is not plotted: nothing is, beside the usual curves.")
          : localized("'\(text)' is not plotted, only \(plotted)."), at: words[1].column)
    }
    return { $0.removePlot(series) }
  }

  private static func name(
    _ text: String, at column: Int, _ state: DebuggerState
  ) throws(ConsoleError) -> CurveName {
    if let usual = [CurveName.loss, .accuracy].first(where: { $0.text == text.lowercased() }) {
      return usual
    }
    let series: PlotSeries
    do { series = try PlotSeries(parsing: text) } catch {
      throw ConsoleError(error.message, at: column + error.column - 1)
    }
    if case .measure(_, let tensor) = series, state.knowsAllNodes, case let known = state.nodeNames,
      !known.contains(tensor.node)
    {
      throw ConsoleError(
        ConsoleError.unknownNode(tensor.node, known),
        at: text.range(of: tensor.node).map {
          text.distance(from: text.startIndex, to: $0.lowerBound) + column
        })
    }
    return .series(series)
  }

  private static let delimiters: Set<Character> = [" ", "(", ")"]

  /// A series, or a tensor in the parentheses of a measure.
  private static let completion = ArgumentKind(delimiters: delimiters) { typed, state in
    let word = typed.reversed().prefix { !delimiters.contains($0) }
    let before = typed.dropLast(word.count)
    if before.last == "(" {
      return state.nodeNames.flatMap { [$0, "\($0).grad"] }.map {
        Completion.Candidate(text: $0, ending: ")")
      }
    }
    if before.last == ")" { return [] }
    if before.split(separator: " ").last == "off" {
      return state.curves.plots.map { Completion.Candidate(text: $0.text) }
    }
    let names = CurveName.usual.map { Completion.Candidate(text: $0.text) }
    let measures = Condition.Measure.allCases.map { Completion.Candidate(text: $0.rawValue, ending: "(") }
    return names + measures + [Completion.Candidate(text: "off", ending: " ")]
  }
}

extension DebuggerState {
  /// Chooses a chart; what is not one of the usual ones is plotted from now on.
  fileprivate mutating func plot(_ name: CurveName) {
    if case .series(let series) = name, !CurveName.usual.contains(name) {
      changeCurves { $0.add(series) }
      let pane = PaneTable.number(of: .loss)
      // Nothing was measured of it before.
      notice = Notice(
        trainLoss.newest == nil || !curves.points(series).isEmpty
          ? localized("\(name.text) is plotted in pane \(pane)")
          : localized("\(name.text) is plotted in pane \(pane) from now on: earlier steps were not measured"))
    }
    lossPane.chosen = name
  }

  fileprivate mutating func removePlot(_ series: PlotSeries) {
    changeCurves { $0.remove(series) }
    if lossPane.chosen == .series(series) { lossPane.chosen = .loss }
    notice = Notice(localized("\(series.text) is no longer plotted"))
  }

  fileprivate mutating func removePlots() {
    let plots = curves.plots
    for series in plots { removePlot(series) }
    notice =
      plots.isEmpty
      ? .problem(localized("Nothing is plotted beside the usual curves."))
      : Notice(localized("only the usual curves are left"))
  }

  fileprivate mutating func listPlots() {
    let plots = curves.plots.map(\.text).joined(separator: ", ")
    let usual = CurveName.usual.map(\.text).joined(separator: ", ")
    notice = Notice(
      plots.isEmpty
        ? localized("plotted: \(usual); :plot norm(fc1.weight.grad) adds a curve")
        : localized("plotted: \(usual), \(plots); :plot off NAME removes one"))
  }
}
