import DebuggerUI
import TerminalUI
import Testing
import Trace

struct CurvesPaneTests {
  /// A run that is paused after 400 steps, whose loss at a step is 4 divided by the step.
  private func state(_ size: Size = States.standard) -> DebuggerState {
    var update = States.news
    update.status = .paused
    update.losses = (1...400).map { .init(step: $0, loss: 4 / Float($0)) }
    update.moment = DigitsRun.moment(.update, 3, step: 400)
    return DebuggerState(size: size).on(update, seconds: 1).state.after("4")
  }

  @Test func aSpikeInALongRunIsSeenAndReadExactly() throws {
    var update = States.news
    update.status = .paused
    update.losses = (1...4_000).map { .init(step: $0, loss: $0 == 1_234 ? 50 : 1) }
    update.moment = DigitsRun.moment(.update, 3, step: 4_000)
    var state = DebuggerState(size: States.standard).on(update, seconds: 1).state.after("4")
    #expect(state.lines.contains { $0.contains("50┤") || $0.contains("60┤") })
    state.lossPane.cursor = 1_234
    #expect(state.lines.contains { $0.contains("train 50.00") })
  }

  private func plotting(_ line: String) -> (state: DebuggerState, effects: [DebuggerEffect]) {
    state().typing("plot " + line).on(.key(.enter))
  }

  private let norm = PlotSeries.gradientNorm(of: "fc1.weight")

  @Test func theCursorHasTheValueOfItsStep() throws {
    let moved = state().after(.left)
    let step = try #require(moved.lossPane.cursor)
    #expect((380..<400).contains(step))
    #expect(moved.lines.contains { $0.contains("at step \(step)") })
    let value = 4 / Double(step)
    #expect(moved.lines.contains { $0.contains("train \(text(value))") })
    #expect(moved.after(.escape).lossPane.cursor == nil)
  }

  private func text(_ value: Double) -> String {
    let digits = "\((value * 1e6).rounded() / 1e6)".prefix(7)
    return String(digits)
  }

  @Test func enterGoesToTheCursorAndZoomsWithoutOne() throws {
    let moved = state().after(.left, .left)
    let step = try #require(moved.lossPane.cursor)
    #expect(moved.effects(of: .enter) == [.command(.seek(step: step))])
    #expect(state().after(.enter).isZoomed)
  }

  @Test func keysZoomAndPan() {
    let zoomed = state().after("+")
    #expect(zoomed.lossPane.window == .newest(199.5))
    #expect(zoomed.lines.contains { $0.contains("steps 201–400") })
    let panned = zoomed.after("[")
    #expect(panned.lossPane.window == .fixed(100.75...300.25))
    #expect(panned.after("]").lossPane.window == .newest(199.5))
    #expect(zoomed.after("-").lossPane.window == .all)
    #expect(panned.after("f").lossPane.window == .all)
    #expect(panned.after(.escape).lossPane.window == .all)
  }

  @Test func thePointersWheelAndDragZoomAndPan() throws {
    let state = state()
    let area = try #require(state.areas[.loss])
    func event(_ kind: MouseEvent.Kind, _ column: Int) -> TerminalEvent {
      .mouse(MouseEvent(x: area.x + column, y: area.y + area.height / 2, kind: kind))
    }
    let zoomed = state.on(event(.wheelUp, 20)).state
    #expect(zoomed.lossPane.window != .all)
    let before = zoomed.lossPane.window.steps(in: 1...400)
    let dragged = zoomed.on(event(.press, 20)).state.on(event(.drag, 26)).state
    #expect(dragged.lossPane.window.steps(in: 1...400).lowerBound < before.lowerBound)
    #expect(zoomed.on(event(.wheelDown, 20)).state.lossPane.window == .all)
    // Where all steps are shown, a drag goes to a step, and a press puts the cursor there.
    #expect(state.on(event(.drag, 20)).effects.count == 1)
    #expect(state.on(event(.press, 20)).state.lossPane.cursor != nil)
  }

  @Test func arrowsChooseTheChart() {
    #expect(state().after(.down).lossPane.chosen == .series(.gradientNorm))
    #expect(state().after(.down).lines.contains { $0.contains("4 Curves gradient norm") })
    #expect(state().after(.down, .up).lossPane.chosen == .loss)
    #expect(state().after(.up).lossPane.chosen == .series(.deadUnits))
  }

  @Test func theRunIsToldWhatIsInView() {
    #expect(state().effects(of: .down) == [.command(.plot([.gradientNorm]))])
    #expect(state().after(.down).effects(of: .up) == [.command(.plot([]))])
    let (zoomed, effects) = state(Size(width: 200, height: 60)).on(.key("z"))
    #expect(effects == [.command(.plot([.gradientNorm, .updateRatio, .deadUnits]))])
    // Charts without values give their room away.
    for title in ["loss", "gradient norm"] {
      #expect(zoomed.lines.contains { $0.contains(title) })
    }
    #expect(zoomed.effects(of: "o") == [.command(.plot([]))])
  }

  @Test func aMeasureIsPlottedListedAndRemoved() {
    let (plotted, effects) = plotting("norm(fc1.weight.grad)")
    #expect(plotted.curves.plots == [norm])
    #expect(plotted.lossPane.chosen == .series(norm))
    #expect(effects == [.command(.plot([norm]))])
    #expect(plotted.typing("plot").after(.enter).notice?.text.contains("norm(fc1.weight.grad)") == true)
    let removed = plotted.typing("plot off norm(fc1.weight.grad)").after(.enter)
    #expect(removed.curves.plots.isEmpty)
    #expect(removed.lossPane.chosen == .loss)
    #expect(plotted.typing("plot off").after(.enter).curves.plots.isEmpty)
  }

  @Test(arguments: ["gradients", "updates", "lr", "dead", "loss", "accuracy"])
  func aNameChoosesItsChart(name: String) {
    #expect(plotting(name).state.lossPane.chosen.text == name)
    #expect(plotting(name).state.curves.plots.isEmpty)
  }

  @Test(arguments: [
    ("norm(fc9.weight)", "10: There is no node 'fc9.weight'; did you mean fc1.weight?"),
    ("off lr", "9: 'lr' is not plotted: nothing is, beside the usual curves."),
    ("norm(", "10: Expected a tensor, such as fc1.relu or fc1.weight.grad, but got the end."),
    ("norm(fc1.relu) > 3", "20: Expected the end, but got '>'."),
  ])
  func aLineThatIsNoSeriesSaysWhy(line: String, problem: String) {
    #expect(state().entering("plot " + line) == problem)
  }

  @Test func valuesOfTheRunAreDrawn() {
    var update = RunUpdate()
    update.series = (1...400).map { SeriesPoint(norm, step: $0, value: Double($0)) }
    let drawn = plotting("norm(fc1.weight.grad)").state.on(update, seconds: 2).state
    #expect(drawn.curves.points(norm).map(\.value) == (1...400).map(Double.init))
    #expect(drawn.lines.contains { $0.contains("400┤") })
  }

  @Test func whatWasMeasuredIsMarkedWhereItIsSparse() {
    var update = RunUpdate()
    update.series = [1, 200, 400].map { SeriesPoint(norm, step: $0, value: Double($0)) }
    let drawn = plotting("norm(fc1.weight.grad)").state.on(update, seconds: 2).state
    #expect(drawn.lines.contains { $0.contains("── norm  • measured") })
    #expect(drawn.lines.joined().count { $0 == "•" } >= 4)
  }

  @Test func theLetterOfAMarkIsExplained() {
    #expect(state().after("m").lines.contains { $0.contains("── train  m mark or note") })
  }

  @Test func aMomentHasTheNormsOfItsParameters() throws {
    let moment = DigitsRun.moment(.update, 3, step: 400)
    let squares = moment.parameters.compactMap(\.gradientNorm).map { Double($0) * Double($0) }
    let point = try #require(state().curves.points(.gradientNorm).last)
    #expect(point.step == 400)
    #expect(abs(point.value - squares.reduce(0, +).squareRoot()) < 1e-9 * point.value)
  }

  @Test func aDroppedFutureLeavesTheSeries() {
    var update = RunUpdate()
    update.series = (1...400).map { SeriesPoint(.learningRate, step: $0, value: 0.1) }
    var fork = RunUpdate()
    fork.fork = RunUpdate.Fork(position: .start(of: 60), future: .dropped)
    let forked = state().on(update, seconds: 2).state.on(fork, seconds: 3).state
    #expect(forked.curves.points(.learningRate).map(\.step) == Array(1...60))
  }

  @Test func anotherRunIsAGhostWithItsName() {
    #expect(state().typing("ghost a b.tapedeck").effects(of: .enter) == [.readGhost("a b.tapedeck")])
    var losses = LossCurve()
    for step in 1...900 { losses.append(step: step, value: 2) }
    let ghost = LossPaneState.Ghost(
      losses: losses.points, accuracies: [], epochs: [], name: "wide", isRecording: true)
    var compared = state()
    compared.takeGhost(.success(ghost))
    compared.takeGhost(.success(ghost))
    #expect(compared.lossPane.ghosts == [ghost])
    #expect(compared.lines.contains { $0.contains("╌╌ wide") && $0.contains("train") })
    #expect(compared.typing("ghost off").after(.enter).lossPane.ghosts.isEmpty)
  }

  @Test func aFileThatCannotBeReadSaysWhy() {
    struct Unreadable: Error, CustomStringConvertible { let description = "a.tapedeck is not there." }
    var state = state()
    state.takeGhost(.failure(Unreadable()))
    #expect(state.notice?.text == "a.tapedeck is not there.")
  }

  @Test func everySizeIsDrawn() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60), (300, 100)] {
      let state = state(Size(width: width, height: height)).after("+", .left)
      #expect(state.lines.count == height)
      #expect(state.after("z", "x", "s", "y").lines.count == height)
    }
  }
}
