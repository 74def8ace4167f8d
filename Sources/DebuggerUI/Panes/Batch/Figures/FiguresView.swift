import Localization
import Numbers
import TerminalUI
import Trace

/// What the batch pane shows in place of the samples: the figures of predictions.
struct FiguresView {
  private let state: DebuggerState
  private let view: BatchView
  private var figures: PredictionFigures? { state.moment?.figures }

  /// The view that was chosen; nil where the samples are shown.
  init?(_ state: DebuggerState) {
    view = state.batchView
    guard view != .samples else { return nil }
    self.state = state
  }

  /// Which samples, and how many of them are right: ` validation  340 of 360 right`.
  var heading: TextLine {
    guard let figures else { return TextLine() }
    let result: String
    switch figures.content {
    case .classes(let classes):
      let right = classes.correct.reduce(0, +)
      result = localized("\(NumberText.grouped(right)) of \(NumberText.grouped(classes.sampleCount)) right")
    case .labels(let labels):
      result = localized(
        "all labels right in \(NumberText.grouped(labels.exactCount)) of \(NumberText.grouped(labels.sampleCount))"
      )
    case .numbers(let numbers):
      result =
        "RMSE " + (numbers.rootMeanSquareError.map(NumberText.measure) ?? "–")
        + "  R² " + (numbers.r2.map(NumberText.measure) ?? "–")
    }
    return part + TextLine("  " + result)
  }

  /// Which samples: ` validation`.
  private var part: TextLine {
    figures.map { TextLine(" " + FiguresView.name($0, state), .foreground(Accents.muted)) } ?? TextLine()
  }

  /// The views to click.
  private var controls: TextLine {
    let isScript = state.description?.isScript == true
    return PaneTitle.controls(
      BatchView.all(of: figures?.content, isScript: isScript).map {
        (word: $0.word(figures?.content), command: "figures \($0.rawValue)", isOn: $0 == view)
      }, between: "│")
  }

  var titles: [PaneTitle] {
    let word = TextLine(view.word(figures?.content), .foreground(Accents.warning))
    return [
      PaneTitle(heading, controls), PaneTitle(part, controls), PaneTitle(heading, word),
      PaneTitle(part, word), PaneTitle(part, TextLine()),
    ]
  }

  /// Which samples some figures are of.
  static func name(_ figures: PredictionFigures, _ state: DebuggerState) -> String {
    switch figures.part {
    case .batch: localized("this batch")
    case .epoch: localized("epoch so far")
    case .validation: figures.source?.withVisibleControls ?? localized("validation")
    case .training: localized("training set")
    }
  }

  /// What is chosen, or of which steps and samples the figures are.
  func footer(width: Int) -> TextLine {
    guard let figures else { return TextLine() }
    let muted = Style.foreground(Accents.muted)
    var lines: [TextLine] = []
    if state.pane == .batch, view == .matrix, let classes = figures.classes {
      let matrix = ConfusionMatrix(classes, state.figureNames(figures), cursor: state.batchPane.cell)
      if let sentence = matrix.sentence { lines.append(TextLine(sentence)) }
    }
    let places = FiguresView.places(figures)
    if let first = lines.first { lines = places.map { first + TextLine("  " + $0, muted) } + lines }
    lines += places.map { TextLine($0, muted) }
    return lines.first { $0.width <= width } ?? TextLine()
  }

  /// `steps 120 to 187, 4 352 samples`, `at step 300, 2 000 of 10 000 samples`; where there is little room, the steps
  /// alone.
  private static func places(_ figures: PredictionFigures) -> [String] {
    let step = NumberText.grouped(figures.step)
    let when =
      switch figures.part {
      case .batch: localized("step \(step)")
      case .epoch:
        figures.firstStep.map { localized("steps \(NumberText.grouped($0)) to \(step)") }
          ?? localized("up to step \(step)")
      case .validation, .training: localized("at step \(step)")
      }
    let count = NumberText.grouped(figures.sampleCount)
    let samples =
      if let whole = figures.wholeCount {
        localized("\(count) of \(NumberText.grouped(whole)) samples")
      } else {
        figures.sampleCount == 1 ? localized("1 sample") : localized("\(count) samples")
      }
    return [when + ", " + samples, when]
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let figures else {
      let text = state.moment?.figuresObstacle ?? localized("counting predictions…")
      return Paragraph([TextLine(text, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
    }
    switch (view, figures.content) {
    case (.samples, _): break
    case (.matrix, .classes(let classes)):
      let matrix = ConfusionMatrix(
        classes, state.figureNames(figures), cursor: state.batchPane.cell, isFocused: state.pane == .batch)
      matrix.draw(into: &buffer, area: area)
      // Where there is room the figures by class are beside it, or below.
      let size = matrix.size(area)
      let beside = area.inset(left: size.width + 2)
      let rest = beside.width >= FigureTable.width ? beside : area.inset(top: size.height + 1)
      if rest.width >= FigureTable.width, rest.height > min(classes.classCount, 8) {
        FigureTable(figures, state, row: state.batchPane.cell.row).table.draw(into: &buffer, area: rest)
      }
    case (.matrix, .numbers(let numbers)):
      let parts = area.splitRows([.fixed(1), .fill(1)])
      ResidualView.line(numbers).draw(into: &buffer, area: parts[0])
      ScatterPlot(
        numbers.pairs.map { ScatterPlot.Point(x: Double($0.target), y: Double($0.output)) },
        xName: localized("true"), yName: localized("predicted")
      ).draw(into: &buffer, area: parts[1])
    case (.classes, .numbers(let numbers)): ResidualView(figures: numbers).draw(into: &buffer, area: area)
    case (.matrix, .labels), (.classes, _): FigureTable(figures, state).table.draw(into: &buffer, area: area)
    case (.worst, _) where figures.cell != state.batchPane.listed:
      TextLine(localized("counting predictions…"), .foreground(Accents.muted)).draw(into: &buffer, area: area)
    case (.worst, _):
      if state.batchPane.isOpen, let worst = state.chosenWorst {
        WorstSampleDetail(
          worst: worst, imageSize: figures.imageSize, words: WorstSampleWords(figures, state)
        ).draw(into: &buffer, area: area)
      } else {
        WorstSampleList(figures, state).draw(into: &buffer, area: area)
      }
    }
  }
}
