import TerminalUI
import Trace

/// The loss of training, iteration by iteration, and of validation, epoch by epoch.
struct LossPane: PaneContent {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var title: TextLine {
    guard let result = state.epochs.last else { return "" }
    let muted = Style.foreground(Accents.muted)
    var line = TextLine([Span(" train ", muted), Span(percent(result.trainAccuracy))])
    if let validation = result.validationAccuracy {
      line = line + TextLine([Span("  val ", muted), Span(percent(validation))])
    }
    return line
  }

  var trailing: TextLine {
    state.isLossLogarithmic ? TextLine("log", .foreground(Accents.warning)) : TextLine()
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard var chart else {
      return TextLine("the curve begins when an iteration is done", .foreground(Accents.muted))
        .draw(into: &buffer, area: area)
    }
    // With colours the curves need no patterns to be told apart.
    if buffer.capabilities.colorSupport != .none {
      for index in chart.series.indices { chart.series[index].pattern = .solid }
    }
    chart.draw(into: &buffer, area: area)
  }

  /// The curves; nil before the first point.
  var chart: LineChart? {
    let train = state.trainLoss.points.map { ChartPoint(x: Double($0.iteration), y: $0.value) }
    guard !train.isEmpty else { return nil }
    let validation = state.epochs.compactMap { result in
      result.validationLoss.map { ChartPoint(x: Double(result.iteration), y: $0) }
    }
    var series = [ChartSeries("train", points: train, style: .foreground(Accents.series[0]))]
    if !validation.isEmpty {
      series.append(
        ChartSeries("validation", points: validation, style: .foreground(Accents.series[1])))
    }
    let cursor = state.moment.flatMap { $0.isBehindHead ? Double($0.position.iteration) : nil }
    return LineChart(series, isLogarithmic: state.isLossLogarithmic, cursor: cursor)
  }

  private func percent(_ share: Double) -> String { "\(NumberText.fixed(share * 100, decimals: 1)) %" }
}
