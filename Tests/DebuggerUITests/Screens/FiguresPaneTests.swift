import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The batch pane's figures: the confusion matrix, the table by class, and the worst samples.
struct FiguresPaneTests {
  /// Three classes; class 0 is taken for class 2 four times.
  private static let figures: PredictionFigures = {
    var classes = ClassFigures(classCount: 3)
    let counts = [(0, 0, 36), (0, 2, 4), (1, 1, 33), (1, 0, 2), (2, 2, 40)]
    for (label, prediction, count) in counts {
      classes.add(label: label, prediction: prediction, count: count)
    }
    let worst = (0..<5).map { index in
      WorstSample(
        loss: 5 - Double(index),
        sample: BatchSnapshot.Sample(
          index: 20 + index, label: 0, prediction: 2, probability: 0.97, probabilities: [0.01, 0.02, 0.97],
          values: (0..<64).map { Float($0 % 8) }), step: 290 + index)
    }
    return PredictionFigures(
      part: .validation, step: 300, sampleCount: 115, content: .classes(classes), worst: worst,
      imageSize: .init(rows: 8, columns: 8))
  }()

  private func state(
    _ figures: PredictionFigures? = figures, obstacle: String? = nil, _ size: Size = States.standard
  ) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    (moment.figures, moment.figuresObstacle) = (figures, obstacle)
    return States.digits(.paused, moment, size).after("6", "z")
  }

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func figuresAreAskedForOnlyWhereTheyAreShown() {
    let samples = state()
    #expect(samples.needs.figures == nil)
    let matrix = samples.after("v")
    #expect(matrix.needs.figures == ScreenNeeds.Figures(part: nil) && matrix.needs.regions == nil)
    #expect(matrix.after("o").needs.figures?.part == .training)
    #expect(matrix.after("v", "v", "v").needs.figures == nil)
  }

  @Test func theDiagonalOfTheMatrixIsInBrackets() {
    let shown = state().after("v")
    #expect(says(shown, "0 ▸[36]   ·    4"))
    #expect(says(shown, "1    2  [33]   ·"))
    #expect(says(shown, "2    ·    ·  [40]"))
    #expect(says(shown, "predicted →") && says(shown, "true ↓"))
    #expect(says(shown, "109 of 115 right"))
  }

  @Test func inASmallPaneTheMatrixScrollsAndItsDataAreNamed() {
    var classes = ClassFigures(classCount: 10)
    for label in 0..<10 { classes.add(label: label, prediction: label, count: 3) }
    let figures = PredictionFigures(
      part: .validation, step: 300, sampleCount: 30, content: .classes(classes))
    let shown = state(figures).after("z", "v")
    func row(_ label: Int, _ state: DebuggerState) -> Bool {
      state.lines.contains { $0.contains("││     \(label) ") && $0.contains("[]") }
    }
    #expect(says(shown, "6 Batch validation") && says(shown, "at step 300, 30 samples"))
    #expect(row(0, shown) && !row(9, shown))
    #expect(shown.lines.contains { $0.contains("[]") && $0.contains("┃") })
    let last = (0..<9).reduce(shown) { state, _ in state.after(.down) }
    #expect(row(9, last) && !row(0, last))
  }

  @Test func theCursorOfTheMatrixNamesItsCell() {
    let shown = state().after("v", .right, .right)
    #expect(says(shown, "true 0, predicted 2: 4 of 40, 10.0 %"))
    // Beyond the last column there is nothing.
    #expect(says(shown.after(.right), "true 0, predicted 2: 4 of 40, 10.0 %"))
  }

  @Test func eachClassHasARowWithWhatItIsMistakenFor() {
    let shown = state().after("v", "v")
    #expect(says(shown, "precision") && says(shown, "recall"))
    #expect(says(shown, "94.7 %   90.0 %   92.3 % 2 (4)"))
    #expect(says(shown, "mean"))
  }

  @Test func enterShowsOneOfTheWorstSamples() {
    let list = state().after("v", "v", "v")
    #expect(says(list, "#20  loss 5.000     ✗0→2 97.0 %  step 290"))
    let open = list.after(.down, .enter)
    #expect(says(open, "#21") && says(open, "loss 4.000") && says(open, "predicted ✗ 2"))
    #expect(!says(open, "#20"))
    #expect(says(open.after(.down), "#22"))
    #expect(says(open.after(.escape), "#20"))
    // Elsewhere enter zooms the pane as it always does.
    #expect(!state().after("v", "v", .enter).isZoomed)
  }

  @Test func enterListsTheSamplesOfACellOfTheMatrix() {
    let asked = state().after("v", .right, .right, .enter)
    let cell = PredictionFigures.Cell(label: 0, prediction: 2)
    #expect(asked.needs.figures == ScreenNeeds.Figures(part: nil, cell: cell))
    // Those of all are not taken for the cell's.
    #expect(says(asked, "counting predictions…") && !says(asked, "#20"))
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.backward, 1)
    update.moment?.figures = Self.figures
    update.moment?.figures?.worst = Array(Self.figures.worst[1...2])
    update.moment?.figures?.cell = cell
    let list = asked.on(update, seconds: 12).state
    #expect(says(list, "true 0, predicted 2: 4 of 40, 10.0 %  the worst 2"))
    #expect(says(list, "#21") && says(list, "#22") && !says(list, "#20"))
    #expect(says(list.after(.down, .enter), "predicted ✗ 2") && !says(list.after(.down, .enter), "#21"))
    let matrix = list.after(.escape)
    #expect(says(matrix, "0  [36]   · ▸  4") && matrix.needs.figures?.cell == nil)
    #expect(state().after("v", .right, .enter).notice?.text == "This cell has no samples.")
  }

  @Test func theChoiceAmongTheWorstStaysWithItsSample() {
    var figures = Self.figures
    figures.worst = [4, 0, 2, 1, 3].map { Self.figures.worst[$0] }
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.backward, 1)
    update.moment?.figures = figures
    let list = state().after("v", "v", "v")
    #expect(says(list.after(.down).on(update, seconds: 12).state.after(.enter), "#21"))
    #expect(says(list.after(.down, .enter).on(update, seconds: 12).state, "#21"))
    // Who has chosen none sees the worst.
    #expect(says(list.on(update, seconds: 12).state.after(.enter), "#24"))
  }

  @Test func whatIsMissingIsSaid() {
    #expect(says(state(nil, obstacle: "Predictions were not recorded.").after("v"), "Predictions were not"))
    #expect(says(state(nil).after("v"), "counting predictions…"))
  }

  @Test func theCommandChoosesTheViewAndTheSamples() {
    let typed = state().after(":", "f", "i", "g", "u", "r", "e", "s", " ", "w", "o", .enter)
    #expect(says(typed, "#20  loss 5.000"))
  }

  @Test func aRegressionHasItsErrors() {
    var numbers = RegressionFigures()
    for place in 0..<50 {
      numbers.add(target: Float(place), output: Float(place) + (place % 2 == 0 ? 1 : -1))
    }
    let figures = PredictionFigures(part: .training, step: 9, sampleCount: 50, content: .numbers(numbers))
    let shown = state(figures).after("v")
    #expect(says(shown, "RMSE 1.00") && says(shown, "predicted ↑"))
    #expect(says(shown.after("v"), "predicted less true") && says(shown.after("v"), "25┤"))
  }

  @Test func theWorstOfARegressionSayHowFarOffTheyAreAndWhatTheirLossIsOf() {
    var sample = BatchSnapshot.Sample(index: 7, label: nil, values: [])
    (sample.target, sample.output) = (264, 244.2)
    let figures = PredictionFigures(
      part: .validation, step: 9, sampleCount: 1, content: .numbers(RegressionFigures()),
      worst: [WorstSample(loss: 0.07543, sample: sample)])
    let plain = state(figures).typing("figures worst").after(.enter)
    #expect(says(plain, "#7  loss 0.07543   264→244.2  residual −19.8"))
    #expect(says(plain, "true → predicted") && !says(plain, "standardized target"))
    var news = RunUpdate()
    news.description = DigitsRun.description
    news.description?.preparation = DataPreparation(
      sentence: "",
      regression: RegressionTarget(
        name: "progression", mean: 152, deviation: 77, trainVariance: 1, validationVariance: 1))
    let scaled = plain.on(news, seconds: 12).state
    #expect(says(scaled, "true → predicted, loss of the standardized target"))
    #expect(says(scaled.after(.enter), "loss of the standardized"))
  }

  @Test func severalLabelsHaveATable() {
    var labels = LabelFigures(labelCount: 2)
    labels.add(labels: [true, false], predictions: [true, true])
    let figures = PredictionFigures(part: .batch, step: 9, sampleCount: 1, content: .labels(labels))
    #expect(says(state(figures).after("v"), "1 wrongly, 0 missed"))
  }

  @Test(arguments: [
    Size(width: 0, height: 0), Size(width: 4, height: 2), Size(width: 30, height: 9), States.small,
  ])
  func anySizeIsDrawn(_ size: Size) {
    var many = ClassFigures(classCount: 100)
    for label in 0..<100 { many.add(label: label, prediction: (label * 7) % 100) }
    let figures = PredictionFigures(part: .epoch, step: 9, sampleCount: 100, content: .classes(many))
    for content in [figures, Self.figures] {
      var shown = state(content, obstacle: nil, size)
      for _ in 0..<4 {
        shown = shown.after("v", .down, .right, .pageDown)
        _ = shown.screen()
        _ = shown.screen(TerminalCapabilities(colorSupport: .none, isUnicode: false))
      }
    }
  }
}
