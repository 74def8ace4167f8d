import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Values of the questions that a run answers.
enum Answers {
  static let cause = Cause(
    defect: .nan,
    path: [
      .init(
        position: Position(step: 92, phase: .backward, node: 3), node: "fc1.weight", view: .gradient,
        text: "8 192 of 8 192 values are NaN"),
      .init(
        position: Position(step: 92, phase: .loss, node: 0), node: "cross_entropy", view: .value,
        text: "it is NaN"),
      .init(
        position: Position(step: 91, phase: .forward, node: 2), node: "fc2.linear", view: .value,
        text: "3 of 640 values are infinite"),
    ],
    conclusion: "fc2.linear of step 91 overflows: its input is finite, and its weight is as large as 2.1e38.")

  static let agreeing = GradientCheck(
    parameter: "fc1.weight",
    cells: [
      .init(index: [0, 0], gradient: 0, difference: 0, rounding: 1e-8),
      .init(index: [127, 4], gradient: 0.0123456789, difference: 0.0123457, rounding: 1e-8),
      .init(index: [3, 12], gradient: -0.0091, difference: -0.0091, rounding: 1e-8),
    ],
    conclusion:
      "They agree: a relative error of up to 0.001 is rounding. But fc1.weight[0,0] proves nothing: it is "
      + "0 against 0.")

  static let differing = GradientCheck(
    parameter: "fc1.weight",
    cells: [.init(index: [3, 4], gradient: 0.0123456789, difference: 0.0246, rounding: 1e-8)],
    conclusion:
      "The backward of fc1.halving is wrong: for fc1.linear[3,4] it gives 1, and the finite difference is "
      + "0.5.")

  /// News with an answer.
  static func news(_ cause: Cause) -> RunUpdate {
    var update = RunUpdate()
    update.cause = cause
    return update
  }

  /// News with an answer.
  static func news(_ check: GradientCheck) -> RunUpdate {
    var update = RunUpdate()
    update.gradientCheck = check
    return update
  }
}

struct CauseTests {
  private let asked = States.digits(.paused).after("w")
  private var shown: DebuggerState { asked.on(Answers.news(Answers.cause), seconds: 11).state }

  @Test func theQuestionIsAboutTheNodeOrInTheNodePaneAboutItsCell() {
    let state = States.digits(.paused)
    #expect(state.answer("w").hasSuffix("→ why fc2.linear gradient"))
    #expect(state.after("2", .down, .right, .right).answer("w").hasSuffix("→ why fc2.linear gradient 12"))
    #expect(state.after(.up).answer("w").hasSuffix("→ why fc1.relu value"))
  }

  @Test func columnsAreAsWideAsTheirWidestCell() {
    let start = Position(step: 6, phase: .loss, node: 0)
    let cause = Cause(
      defect: .nan,
      path: [
        .init(position: start, node: "cross_entropy", view: .value, text: "1 NaN of 1"),
        .init(
          position: Position(step: 6, phase: .forward, node: 6), node: "fc4.linear", view: .value,
          text: "640 infinite of 640"),
      ], conclusion: "it overflows")
    let lines = asked.on(Answers.news(cause), seconds: 11).state.lines
    #expect(lines.contains { $0.contains("640 infinite of 640 │") })
  }

  @Test func theAnswerIsShownAndTheSentenceGoes() {
    #expect(asked.answer(Answers.news(Answers.cause), seconds: 11) == "cause open no notice")
    let lines = shown.lines
    #expect(lines.contains { $0.contains("Why is it NaN?") })
    #expect(lines.contains { $0.contains("step 92") && $0.contains("8 192 of 8 192 values are NaN") })
    #expect(lines.contains { $0.contains("fc2.linear of step 91 overflows") })
  }

  @Test func aChosenStepIsGoneTo() {
    #expect(
      shown.answer(.enter)
        == "nothing open choice fc1.weight gradient → focus fc1.weight gradient → seek 92 backward 3")
    #expect(shown.answer(.down) == "row 1")
    #expect(shown.after(.end).answer(.enter).hasSuffix("→ seek 91 forward 2"))
    #expect(shown.after(.end).answer(.down) == "")
    #expect(shown.after("j", "j").answer("k") == "row 1")
    #expect(shown.after(.pageDown).answer(.home) == "row 0")
  }

  @Test func aStepOfOneCellNamesItAndPutsTheCursorOnIt() {
    var cause = Answers.cause
    cause.path[0].index = [2, 5]
    cause.path[0].text = "= inf"
    let shown = asked.on(Answers.news(cause), seconds: 11).state
    #expect(shown.lines.contains { $0.contains("fc1.weight[2,5] gradient") && $0.contains("= inf") })
    let there = shown.after(.enter)
    #expect(there.cell == Matrix.Place(row: 2, column: 5))
    #expect(there.focus.followed == [FollowedCell(node: "fc1.weight", cell: 2 * 64 + 5)])
  }

  @Test func itIsClosedAndOtherKeysAreHandled() {
    #expect(shown.answer(.escape) == "nothing open")
    #expect(shown.answer("q") == "nothing open")
    #expect(shown.answer(".") == "nothing open → nextNode")
    #expect(shown.answer("x") == "")
  }

  @Test func anAnswerDoesNotTakeTheKeysOfAQuestion() {
    let question = States.digits(.running).after("q")
    #expect(question.answer(Answers.news(Answers.cause), seconds: 11) == "")
    let typing = asked.typing("lr 0")
    #expect(typing.on(Answers.news(Answers.cause), seconds: 11).state.answer("1") == "line :lr 01")
  }

  @Test func aPathWithoutStepsIsShownToo() {
    let none = Cause(defect: .zero, path: [], conclusion: "Nothing is wrong with it.")
    let state = asked.on(Answers.news(none), seconds: 11).state
    #expect(state.lines.contains { $0.contains("Nothing is wrong with it.") })
    #expect(state.answer(.enter) == "nothing open")
    #expect(state.answer(.down) == "")
  }

  @Test func aWarningIsAnAnswerAsWell() {
    var update = RunUpdate()
    update.warnings = ["fc2.linear has no NaN, no infinite value and no zero at this moment."]
    #expect(asked.answer(update, seconds: 11) == "no notice")
  }
}

struct GradientCheckTests {
  private let state = States.digits(.paused, DigitsRun.moment(.update, 2))

  private func shown(_ check: GradientCheck) -> [String] {
    state.on(Answers.news(check), seconds: 11).state.lines
  }

  @Test func theCellOfTheNodePaneIsChecked() {
    #expect(state.after("2", .down, .right).answer("G").hasSuffix("→ check fc2.weight 129"))
  }

  @Test func bothNumbersTheErrorAndTheVerdictAreShown() {
    let lines = shown(Answers.agreeing)
    #expect(lines.contains { $0.contains("│ fc1.weight ") })
    #expect(lines.contains { $0.contains("cell     backward      difference    relative error") })
    #expect(lines.contains { $0.contains("[0,0]    0             0             0        ? chosen") })
    #expect(lines.contains { $0.contains("[127,4]  0.01234568    0.0123457     1.7e−6   ✓ ") })
    #expect(lines.contains { $0.contains("✓ They agree: a relative error of up to 0.001 is rounding.") })
    #expect(shown(Answers.differing).contains { $0.contains("✗ The backward of fc1.halving is wrong") })
  }

  @Test func itIsClosedAndOtherKeysAreHandled() {
    let open = state.on(Answers.news(Answers.agreeing), seconds: 11).state
    #expect(open.answer(.escape) == "nothing open")
    #expect(open.answer(.enter) == "nothing open")
    #expect(open.answer(".") == "nothing open → nextNode")
  }
}

struct ChangeTests {
  private var past: DebuggerState {
    var moment = DigitsRun.moment(.backward, 1, step: 50)
    moment.head = Position(step: 92, phase: .update, node: 3)
    return States.digits(.paused, moment)
  }

  @Test func behindTheHeadTheUserIsAskedFirst() {
    #expect(past.entering("lr 0.01") == "futureQuestion open no line")
    let lines = past.typing("lr 0.01").after(.enter).lines
    #expect(lines.contains { $0.contains("You are at step 50, but training has reached step 92.") })
  }

  @Test func theAnswerSaysWhatBecomesOfTheOldFuture() {
    let asked = past.typing("lr 0.01").after(.enter)
    #expect(asked.answer("k") == "nothing open → change lr 0.01 ghost")
    #expect(asked.answer("d") == "nothing open → change lr 0.01 dropped")
    #expect(asked.answer(.escape) == "nothing open")
    for key: Press in [.enter, "x", ".", " ", .tab] { #expect(asked.answer(key) == "") }
  }

  @Test func whereTrainingHasEndedAChangeNeedsAPast() {
    #expect(
      States.digits(.finished).entering("lr 0.01")
        == "no line 'Training is over: go back to an earlier step first, and change something there.'")
    #expect(
      States.digits(.failed).entering("lr 0.01")
        == "no line 'The run has ended with an error and takes no more commands.'")
  }

  @Test func aRunThatPlaysIsChangedAtOnce() {
    #expect(States.digits(.running).entering("lr 0.01") == "no line → change lr 0.01 dropped")
  }
}

struct PreparingTests {
  @Test func keysPressedBeforeTheRunIsPausedAreNotLost() {
    let state = States.digits(.preparing)
    #expect(state.answer(".") == "will pause → nextNode")
    #expect(state.after(".").answer(".") == "→ nextNode")
    #expect(state.answer(" ") == "will pause → pause")
    #expect(state.after(" ").answer(" ") == "will play → run")
    #expect(DebuggerState(size: States.standard, startsPaused: true).answer(" ") == "will play → run")
  }
}
