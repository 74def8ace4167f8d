import DebuggerUI
import TerminalUI
import Testing
import Trace

struct BatchTests {
  /// Four samples, two in a row.
  private let state = States.digits(.paused, DigitsRun.moment(.backward, 0)).after("6")

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func arrowsChooseASample() {
    #expect(state.answer(.right) == "sample 1")
    #expect(state.answer(.down) == "sample 3")
    #expect(state.after(.right).answer(.down) == "")
    #expect(state.answer(.left) == "")
    #expect(state.answer(.up) == "")
    #expect(state.after(.right, .right, .right).answer(.right) == "")
    #expect(state.after(.down).answer(.up) == "sample 0")
    #expect(state.answer(.pageDown) == "sample 3")
    #expect(state.after(.down, .right).answer(.pageUp) == "sample 0")
  }

  @Test func theChosenSampleIsMarkedAndNamed() {
    let chosen = state.after(.right, .right)
    let marked = chosen.screen().cells.filter { $0.style.background == Accents.selection }
    #expect(marked.map { String($0.scalar) }.joined().contains("✗4→9 61%"))
    #expect(says(chosen, "#22  ✗4→9 61%"))
  }

  @Test func aSampleTakesTheSameColumnsInEveryFrame() {
    func words(_ prediction: Int, _ probability: Float) -> [String] {
      var moment = DigitsRun.moment(.backward, 0)
      for index in 0..<4 {
        moment.batch?.samples[index].prediction = prediction
        moment.batch?.samples[index].probability = probability
      }
      let state = States.digits(.paused, moment).after("6")
      return state.lines.filter { $0.contains("→\(prediction) ") }.map { line in
        // Where each prediction is, and where its percent ends.
        line.enumerated().filter { ["→", "%"].contains($0.element) }.map { "\($0.offset)" }.joined(
          separator: " ")
      }
    }
    #expect(!words(7, 0.61).isEmpty)
    #expect(words(7, 0.61) == words(3, 0.98) && words(7, 0.61) == words(8, 0.05))
  }

  @Test func whereThereIsRoomTheChosenSampleIsNamedInWords() {
    #expect(says(state.after("z", .right, .right), "#22  label 4  ✗ predicted 9 with 61.0 %"))
  }

  @Test func aBatchOfWhichNotAllIsHereSaysSo() {
    #expect(says(state.after("z"), "first 4 shown ╮"))
    var moment = DigitsRun.moment(.backward, 0)
    moment.batch?.count = 4
    #expect(!says(States.digits(.paused, moment).after("6", "z"), "shown ╮"))
  }

  @Test func samplesOutOfViewHaveAScrollBar() {
    let row = Size(width: 60, height: 16)
    let small = States.digits(.paused, DigitsRun.moment(.backward, 0), row).after("6", "z")
    #expect(!says(small, "┃│"))
    var moment = DigitsRun.moment(.backward, 0)
    let four = moment.batch?.samples ?? []
    for _ in 0..<15 { moment.batch?.samples += four }
    #expect(says(States.digits(.paused, moment, row).after("6", "z"), "┃│"))
  }

  @Test func anOutputThatIsNotANumberPredictsNothing() {
    var moment = DigitsRun.moment(.backward, 0)
    for index in 0..<4 { moment.batch?.samples[index].probability = .nan }
    let broken = States.digits(.paused, moment).after("6", "z")
    #expect(says(broken, "✗7→? NaN"))
    #expect(says(broken, "#0  label 7  ✗ the network's output is NaN"))
    #expect(!says(broken, "7→7"))
  }

  @Test func theChosenSampleStaysInView() {
    let small = States.digits(.paused, DigitsRun.moment(.backward, 0), Size(width: 60, height: 16)).after("6")
    #expect(says(small, "7→7"))
    #expect(says(small.after(.right, .right, .right), "0→0"))
  }

  @Test func aPressChoosesTheSampleThere() throws {
    let y = try #require(state.lines.firstIndex { $0.contains("3→3") })
    let row = state.lines[y]
    let x = row.distance(from: row.startIndex, to: try #require(row.range(of: "3→3")).lowerBound)
    #expect(state.answer(.mouse(MouseEvent(x: x, y: y - 2, kind: .press))) == "sample 1")
  }

  @Test func aSmallerBatchTakesTheChoiceWithIt() {
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.backward, 0)
    update.moment?.batch?.samples.removeLast(2)
    #expect(state.after(.right, .right, .right).on(update, seconds: 11).state.sample == 1)
    #expect(States.digits(.preparing).after("6").answer(.right) == "")
  }
}

struct BridgeTests {
  /// Cross-entropy's backward has just run.
  private let state = States.digits(.paused, DigitsRun.moment(.backward, 0))

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func whatTheBatchGivesIsSaidToBeGiven() {
    func shown(_ phase: Phase) -> DebuggerState {
      var moment = DigitsRun.moment(phase, 0, focus: Focus(node: "x"))
      moment.explanation = Explanation()
      return States.digits(.paused, moment, Size(width: 200, height: 60))
    }
    #expect(
      says(shown(.batch), "x is part of the batch: no operator computes it; n goes to forward"))
    #expect(says(shown(.loss), "x is part of the batch: no operator computes it "))
  }

  @Test func anUpdateNamesItsCellAndItsGradient() {
    var moment = DigitsRun.moment(.update, 0)
    moment.explanation?.update = ["w ← w − η·g"]
    moment.explanation?.contributions = [
      .init(
        source: "fc1.linear", target: "fc1.weight", upstreamShape: [64, 128], upstreamNorm: 1,
        shape: [128, 64], norm: 2, number: 1, count: 1)
    ]
    let state = States.digits(.paused, moment).after("2", .down, .right, .right)
    #expect(says(state, "cell [1,2] ╮"))
    #expect(says(state, "gradient 64×128 ∇1"))
  }

  @Test func crossEntropyShowsItsDerivativeClassByClass() {
    #expect(says(state, "sample #0  label 7"))
    #expect(says(state, "A2 − y   class"))
    #expect(says(state, "÷ 64"))
    // 0.39 / 9 = 0.0433, and a 64th of it.
    #expect(says(state, "0          0.0433  0   0.0433   6.77e−4"))
    let end = state.after("3", .pageDown)
    // The label's class: 0.61 − 1 = −0.39, and a 64th of it.
    #expect(says(end, "7           0.610  1   −0.390  −0.00609"))
  }

  @Test func theTableIsThatOfTheChosenSample() {
    let other = state.after("6", .right, .right, "3")
    #expect(says(other, "sample #22  label 4"))
    #expect(says(other, "4          0.0433  1   −0.957   −0.0149"))
  }

  @Test func otherNodesAndPhasesHaveNoSuchTable() {
    #expect(!says(States.digits(.paused, DigitsRun.moment(.backward, 1)), "A2 − y   class"))
    #expect(!says(States.digits(.paused, DigitsRun.moment(.loss, 0)), "A2 − y   class"))
    var moment = DigitsRun.moment(.backward, 0)
    for index in moment.batch?.samples.indices ?? 0..<0 { moment.batch?.samples[index].probabilities = [] }
    #expect(!says(States.digits(.paused, moment), "A2 − y   class"))
  }

  @Test func whereThereIsRoomTheClassesStandInTwoColumns() {
    #expect(says(state.after("3", "z"), "class          A2  y   A2 − y      ÷ 64    class"))
  }

  @Test func thePaneScrollsToItsEndAndBack() {
    let bridge = state.after("3")
    #expect(bridge.answer(.up) == "")
    #expect(bridge.answer(.down) == "bridge row 1")
    let end = bridge.after(.pageDown)
    #expect(end.answer(.down) == "")
    #expect(end.after(.pageUp).bridge.row == 0)
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.backward, 1)
    #expect(end.on(update, seconds: 11).state.bridge.row == 0)
  }

  @Test func accumulationIsAlwaysSaid() {
    var moment = DigitsRun.moment(.backward, 1)
    #expect(says(States.digits(.paused, moment), "→ fc2.bias 10 ∇0.0033  accumulated 1 of 1"))
    moment.explanation?.contributions[0].number = 2
    moment.explanation?.contributions[0].count = 2
    #expect(says(States.digits(.paused, moment), "→ fc1.relu 64×128 ∇0.091  accumulated 2 of 2"))
    #expect(says(States.digits(.paused, moment, States.small).after("3", "z"), "2 of 2"))
  }

  @Test func theOptimizersFormulaStandsUnderItsWord() {
    var moment = DigitsRun.moment(.update, 0)
    moment.explanation?.update = ["v ← 0.9·0.1 + 0.2 = 0.29", "w ← 1 − 0.1·0.29 = 0.971"]
    let lines = States.digits(.paused, moment).lines
    #expect(lines.contains { $0.contains("update   v ← 0.9·0.1 + 0.2 = 0.29") })
    #expect(lines.contains { $0.contains("│         w ← 1 − 0.1·0.29 = 0.971") })
  }
}
