import DebuggerUI
import TerminalUI
import Testing

/// Every key in every status: what it changes and what it asks for.
struct KeyTests {
  /// A key's answers while the run is preparing, running, paused, finished and failed.
  struct Row: Sendable, CustomTestStringConvertible {
    let key: Press
    let answers: [String]

    init(_ key: Press, _ answers: String...) {
      self.key = key
      self.answers = answers.count == 1 ? Array(repeating: answers[0], count: 5) : answers
    }

    var testDescription: String { key.testDescription }
  }

  private static let ended = "'Training is over: , < and p step back through it.'"
  private static let noNode = "'No node is chosen yet: there are none before the first step.'"
  private static let noAnswer = "'The run has ended with an error and takes no more commands.'"
  private static let noArithmetic =
    "'Nothing is worked out here: [ opens the cells that this one is computed from.'"
  private static let noParameter =
    "'fc1.linear is not a parameter: G checks a parameter's cell in the node pane.'"

  static let transport = [
    Row(" ", "will pause → pause", "status paused → pause", "status running → run", ended, ""),
    Row(".", "will pause → nextNode", "status paused → pause", "→ nextNode", ended, ""),
    Row("n", "will pause → nextPhase", "status paused → pause", "→ nextPhase", ended, ""),
    Row(">", "will pause → nextStep", "status paused → pause", "→ nextStep", ended, ""),
    Row(",", "", "→ previousNode", "→ previousNode", "→ previousNode", ""),
    Row("p", "", "→ previousPhase", "→ previousPhase", "→ previousPhase", ""),
    Row("<", "", "→ previousStep", "→ previousStep", "→ previousStep", ""),
    Row("g", "line :goto "),
    Row("r", noNode, "→ runTo fc1.weight", "→ runTo fc2.linear", "→ runTo fc2.bias", ""),
    Row(
      "m", "", "mark 300 update 3 → mark 300 update 3", "mark 300 backward 1 → mark 300 backward 1",
      "mark 480 update 3 → mark 480 update 3", "mark 300 forward 0"),
    Row("'", ""), Row(.home, "", "→ seek 1 batch 0", "→ seek 1 batch 0", "→ seek 1 batch 0", ""),
    Row(.end, ""),
    Row("{", "pace 30.0 → pace 30.0"),
    Row("}", "pace 120.0 → pace 120.0"),
    Row(.backspace, "pace none → pace none"),
  ]

  static let panes = [
    Row(.tab, "pane 2"),
    Row(.backTab, "pane 11"), Row("9", "pane 9"), Row("0", "pane 11"),
    Row("1", ""), Row("2", "pane 2"),
    Row("3", "pane 3"),
    Row("4", "pane 4"), Row("5", "pane 5"), Row("6", "pane 6"),
    Row("7", "pane 7"), Row("z", "zoomed"), Row(.enter, "zoomed"),
    Row("y", "logarithmic"), Row("f", ""),
    Row("/", "find "), Row("N", ""),
    Row("O", "", "folded fc1 fc2", "folded fc1 fc2", "folded fc1 fc2", "folded fc1 fc2"),
    Row("i", "images"), Row("e", "numbers"), Row("E", "entries"), Row("W", "overview"),
    Row("c", "colors viridis"), Row("s", "scale full"), Row("a", "accuracy"),
    Row(
      "[", noArithmetic, noArithmetic, noArithmetic, "choice fc2.bias gradient → focus fc2.bias gradient",
      noArithmetic),
    Row("]", "'You have gone into no cell: [ goes into the one at the cursor of the bridge pane.'"),
    Row("o", "", "folded fc1", "folded fc2", "folded fc2", "folded fc1"),
    Row(
      "v", "", "choice fc1.weight update → focus fc1.weight update",
      "choice fc2.linear value → focus fc2.linear value",
      "choice fc2.bias value → focus fc2.bias value",
      "choice fc1.linear gradient → focus fc1.linear gradient"),
  ]

  static let program = [
    Row(
      "S", "→ save tapedeck-run", "→ save tapedeck-digits-step-300", "→ save tapedeck-digits-step-300",
      "→ save tapedeck-digits-step-480", "→ save tapedeck-digits-step-300"),
    Row("?", "help open"), Row(.escape, ""),
    Row("q", "→ quit", "quitQuestion open", "quitQuestion open", "→ quit", "→ quit"),
    Row("M", "menu open"), Row(.function(10), "menu open"),
  ]

  static let questions = [
    Row(
      "b", noNode,
      "'breakpoint 1: fc1.weight' breakpoints 1 fc1.weight → breakpoints 1 fc1.weight",
      "'breakpoint 1: fc2.linear' breakpoints 1 fc2.linear → breakpoints 1 fc2.linear",
      "'breakpoint 1: fc2.bias' breakpoints 1 fc2.bias → breakpoints 1 fc2.bias",
      "'breakpoint 1: fc1.linear' breakpoints 1 fc1.linear → breakpoints 1 fc1.linear"),
    Row("B", "line :break "),
    Row(
      "w", noNode, "'searching for where it began in fc1.weight …' → why fc1.weight gradient",
      "'searching for where it began in fc2.linear …' → why fc2.linear gradient",
      "'searching for where it began in fc2.bias …' → why fc2.bias update", noAnswer),
    Row(
      "G", "'No node is chosen: G checks a parameter's cell in the node pane.'",
      "'checking the gradient of fc1.weight …' → check fc1.weight 0",
      "'fc2.linear is not a parameter: G checks a parameter's cell in the node pane.'",
      "'checking the gradient of fc2.bias …' → check fc2.bias 0", noParameter),
    Row(
      "R", "line :record "),
    Row(":", "line :"),
  ]

  static let withoutMeaning = [
    Row("x", ""), Row("Q", ""), Row("d", ""), Row("u", ""), Row("é", ""),
    Row(.control("c"), ""), Row(.control("z"), ""), Row(.function(5), ""),
    Row(.delete, ""), Row(.insert, ""),
  ]

  @Test(arguments: transport + panes + program + questions + withoutMeaning)
  func theKeyAnswersInEveryStatus(_ row: Row) {
    for (status, answer) in zip(States.Status.allCases, row.answers) {
      #expect(States.digits(status).answer(row.key) == answer, "\(status.rawValue)")
    }
  }

  @Test(arguments: [Press.up, .down, .left, .right, .pageUp, .pageDown])
  func beforeTheFirstMomentThereIsNothingToMoveIn(key: Press) {
    for pane in Press.panes {
      #expect(States.digits(.preparing).after(pane).answer(key) == "", "pane \(pane)")
    }
  }

  @Test func aStepFollowsTheRunAgain() {
    let state = States.digits(.paused).after(.up)
    #expect(state.answer(".") == "choice run → focus run → nextNode")
    #expect(state.answer("n") == "choice run → focus run → nextPhase")
    #expect(state.answer(">") == "choice run → focus run → nextStep")
  }

  @Test func aStepInARunThatPlaysKeepsTheChoice() {
    let state = States.digits(.running).after("v")
    #expect(state.answer(".") == "status paused → pause")
    #expect(state.focus.node == "fc1.weight")
  }

  @Test func thePaceIsHalvedAndDoubledWithinItsBounds() {
    var state = States.digits(.running)
    #expect(state.after("{", "{").pace == 15)
    #expect(state.after("{", "}").pace == 60)
    for _ in 0..<40 { state = state.after("{") }
    #expect(state.pace == 0.125)
    for _ in 0..<40 { state = state.after("}") }
    #expect(state.pace == 1e6)
  }

  @Test func withoutAPaceFasterChangesNothingAndSlowerHalvesTheMeasuredSpeed() {
    let full = States.digits(.running).after(.backspace)
    #expect(full.answer("}") == "→ pace none")
    #expect(full.answer("{") == "pace 30.0 → pace 30.0")
    var measured = full
    for (step, seconds) in [(300, 20.0), (500, 21.0)] {
      measured = measured.on(.moment(step), seconds: seconds).state
    }
    #expect(measured.speed.stepsPerSecond == 200)
    #expect(measured.answer("{") == "pace 100.0 → pace 100.0")
  }
}
