import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The commands that test a copy of the model, their progress, and what they show.
struct ModelTestTests {
  private let state = States.digits(.paused, DigitsRun.moment(.update, 2))

  private static let learned = OverfitTest(
    sampleCount: 64, goal: 0.0231,
    attempts: [
      .init(optimizer: "SGD lr 0.1", losses: (0...83).map { 2.31 / (1 + Double($0 * $0)) }, accuracy: 1)
    ], verdict: .learns,
    conclusion: "The network can learn this batch: loss 2.31 → 0.004 in 83 steps of SGD lr 0.1.")

  private static let failed = OverfitTest(
    sampleCount: 1, goal: 0.0231,
    attempts: [
      .init(optimizer: "SGD lr 0.1", losses: [2.31, .nan]),
      .init(optimizer: "Adam lr 0.01", losses: [2.31, 2.3, 2.3]),
    ], verdict: .fails,
    conclusion: "The network cannot learn this batch: loss 2.31 → 2.3 in 2 steps of Adam lr 0.01.")

  private static let broken = OverfitTest(
    sampleCount: 64, goal: 0.0264,
    attempts: [
      .init(optimizer: "SGD lr 30 momentum 0.9", losses: [39.8, 60, 50]),
      .init(optimizer: "Adam lr 0.01", losses: [39.8, 36, 36]),
      .init(optimizer: "Adam lr 0.001", losses: [39.8, 39, 39]),
      .init(optimizer: "Adam lr 0.01", losses: [2.64, 0.5, 0.02], start: 1),
    ], verdict: .brokenWeights, conclusion: "Training has broken the weights.")

  private static let known = OverfitTest(
    sampleCount: 64, goal: 0.0231, attempts: [.init(optimizer: "SGD lr 0.1", losses: [0.01], accuracy: 1)],
    verdict: .learns, conclusion: "The network has learned this batch already.")

  private static let sweep: LearningRateSweep = {
    var sweep = LearningRateSweep()
    for step in 0..<90 {
      let loss = step < 60 ? 2.3 : step < 80 ? 2.3 - Double(step - 60) * 0.1 : 3 + Double(step - 80)
      _ = sweep.add(loss: loss, rate: LearningRateSweep.rate(step, of: 100))
    }
    sweep.suggest()
    sweep.conclusion =
      "The loss falls most steeply at a learning rate of 0.2. A tenth of the lowest point, 0.024, is a choice."
    return sweep
  }()

  private static let check = GraphGradientCheck(
    rows: [
      .init(
        node: "fc1.weight", input: nil,
        worst: .init(index: [3, 4], gradient: 0.0123, difference: 0.0123, rounding: 1e-9), cellCount: 5),
      .init(
        node: "fc1.relu", input: "fc1.linear",
        worst: .init(index: [0, 7], gradient: 1, difference: 0.5, rounding: 1e-9), cellCount: 10),
      .init(
        node: "fc1.bias", input: nil, worst: .init(index: [0], gradient: 0, difference: 0, rounding: 1e-9),
        cellCount: 5),
    ], conclusion: "The backward of fc1.relu is wrong.")

  private static let results: [ModelTestResult] = [
    .overfit(learned), .overfit(failed), .overfit(broken), .overfit(known), .learningRates(sweep),
    .learningRates(LearningRateSweep()), .gradients(check), .gradients(GraphGradientCheck(rows: [])),
  ]

  private func open(_ result: ModelTestResult, _ size: Size = States.standard) -> DebuggerState {
    var update = RunUpdate()
    update.modelTestResult = result
    return States.digits(.paused, size).on(update, seconds: 11).state
  }

  @Test func theCommandsAskForATest() {
    func command(_ line: String) -> [DebuggerEffect] {
      state.typing(line).on(.key(.enter)).effects
    }
    #expect(command("overfit") == [.command(.test(.overfit(steps: 200)))])
    #expect(command("overfit 500") == [.command(.test(.overfit(steps: 500)))])
    #expect(command("lr-find") == [.command(.test(.learningRates(steps: 100)))])
    #expect(command("grad-check") == [.command(.test(.gradients))])
    #expect(command("overfit 3").isEmpty && command("lr-find x").isEmpty)
  }

  @Test func aRunThatCannotBeTestedSaysWhy() {
    var news = RunUpdate()
    news.capabilities = RunCapabilities(missing: [.overfit: "This is only watched."])
    let watched = state.on(news, seconds: 11).state
    #expect(watched.entering("overfit") == "no line 'This is only watched.'")
  }

  @Test func progressIsShownAndEscapeStopsIt() {
    var update = RunUpdate()
    update.modelTest = ModelTestProgress(.overfit(steps: 200), done: 50, of: 200)
    let testing = state.on(update, seconds: 11).state
    #expect(testing.lines[1].contains("learning one batch") && testing.lines[1].contains("25 %"))
    #expect(testing.effects(of: .escape) == [.command(.pause)])
    var end = RunUpdate()
    (end.status, end.moment) = (.paused, DigitsRun.moment(.update, 2))
    let after = testing.on(end, seconds: 12).state
    #expect(!after.lines[1].contains("learning one batch"))
    #expect(after.effects(of: .escape) != [.command(.pause)])
  }

  @Test func whatATestShowsIsSaidWithItsCurve() {
    let learned = open(.overfit(Self.learned)).lines
    #expect(learned.contains { $0.contains("✓ The network can learn this batch: loss 2.31 → 0.004") })
    #expect(learned.contains { $0.contains("loss, 64 samples") && $0.contains("goal 0.0231, 1 % of 2.31") })
    let failed = open(.overfit(Self.failed)).lines
    #expect(failed.contains { $0.contains("✗ The network cannot learn this batch") })
    #expect(failed.contains { $0.contains("SGD lr 0.1") && $0.contains("Adam lr 0.01") })
    let sweep = open(.learningRates(Self.sweep)).lines
    #expect(sweep.contains { $0.contains("0.01") })
    #expect(sweep.contains { $0.contains("The loss falls most steeply") })
  }

  @Test(arguments: [States.small, States.standard]) func everyCurveIsNamedInFull(size: Size) {
    let shown = open(.overfit(Self.broken), size)
    #expect(shown.lines.contains { $0.contains("✗ Training has broken the weights.") })
    let names = [
      "─ SGD lr 30 momentum 0.9 ", "─ Adam lr 0.01 ", "─ Adam lr 0.001 ", "─ step 1 Adam lr 0.01 ",
      "─ goal 0.0264, 1 % of 2.64 ",
    ]
    for name in names { #expect(shown.lines.contains { $0.contains(name) }, "\(name)") }
  }

  @Test func aBatchThatIsKnownAlreadyHasNoCurve() {
    let shown = open(.overfit(Self.known))
    #expect(shown.lines.contains { $0.contains("✓ The network has learned this batch already.") })
    #expect(!shown.lines.contains { $0.contains("axis") || $0.contains("loss, 64 samples") })
    #expect(shown.after("y").lines == shown.lines)
  }

  @Test func theWorstOperatorIsAtTheTopAndEnterShowsIt() {
    let shown = open(.gradients(Self.check))
    let texts = ["✗ fc1.relu → fc1.linear", "✓ fc1.weight parameter", "? fc1.bias parameter"]
    let rows = shown.lines.filter { line in texts.contains { line.contains($0) } }
    #expect(rows.count == 3 && rows[0].contains(texts[0]) && rows[0].contains("0.5"))
    #expect(shown.after(.enter).focus.node == "fc1.relu")
    #expect(shown.after(.down, .enter).focus.node == "fc1.weight")
  }

  @Test func theSuggestionIsTypedForTheUser() {
    let shown = open(.learningRates(Self.sweep))
    // What is proposed, what the chart marks, and what the key types are one number.
    #expect(shown.lines.contains { $0.contains("l type :lr 0.024") })
    #expect(shown.lines.contains { $0.contains("┊ 0.024") })
    let typed = shown.after("l")
    #expect(typed.overlay == nil && typed.lines.contains { $0.contains("lr 0.024") })
    // Without a suggestion the key does nothing.
    let none = open(.learningRates(LearningRateSweep()))
    #expect(none.after("l").lines == none.lines)
  }

  @Test func whatTheChartLeavesOutIsNoGap() {
    #expect(!open(.learningRates(Self.sweep)).lines.contains { $0.contains("─×") })
  }

  @Test(arguments: [Size(width: 120, height: 40), Size(width: 80, height: 24), Size(width: 60, height: 16)])
  func allOfThemFitTheScreenAndClose(_ size: Size) {
    for result in Self.results {
      let shown = open(result, size)
      #expect(shown.lines.count == size.height)
      #expect(shown.lines.contains { $0.contains("esc close") })
      #expect(shown.after(.escape).overlay == nil)
      #expect(shown.after("q").overlay == nil)
    }
  }
}
