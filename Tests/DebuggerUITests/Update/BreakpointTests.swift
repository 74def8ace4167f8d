import DebuggerUI
import TerminalUI
import Testing
import Trace

struct BreakpointTests {
  private let state = States.digits(.paused)
  /// Three breakpoints, and the events pane focused.
  private var listed: DebuggerState {
    state.typing("break loss > 10").after(.enter).after(.up, "b").typing("break step == 400").after(
      .enter, "7")
  }

  /// The sentence about a breakpoint that was set, and the new list.
  private func set(_ list: String, _ sentence: String) -> String {
    "'\(sentence)' breakpoints \(list) → breakpoints \(list)"
  }

  @Test func theKeySetsOneOnTheChosenNodeAndTakesItAway() {
    let chosen = state.after(.up)
    #expect(chosen.answer("b") == set("1 fc1.relu", "breakpoint 1: fc1.relu"))
    #expect(
      chosen.after("b").answer("b") == "'breakpoint 1 deleted: fc1.relu' breakpoints  → breakpoints ")
  }

  @Test func aBreakpointWithAConditionIsAnotherThanTheNodesOwn() {
    let conditional = state.typing("break fc2.linear if nan").after(.enter)
    #expect(
      conditional.answer("b")
        == set("1 fc2.linear if nan, 2 fc2.linear", "breakpoint 2: fc2.linear"))
  }

  @Test func theLineSetsPlacesAndConditions() {
    #expect(
      state.entering("break saturated(fc1.relu)")
        == "16: saturated() needs the output of tanh or sigmoid, which fc1.relu is not; this run has none.")
    #expect(
      state.entering("break fc1.linear backward")
        == "no line " + set("1 fc1.linear backward", "breakpoint 1: fc1.linear backward"))
    #expect(
      state.entering("b norm(fc1.weight.grad) > 5").hasSuffix(
        "type more of it."))
    #expect(
      state.entering("break norm(fc1.weight.grad) > 5").hasSuffix("→ breakpoints 1 norm(fc1.weight.grad) > 5")
    )
  }

  @Test func numbersAreNeverGivenTwice() {
    let again = listed.typing("delete 3").after(.enter).typing("break nan").after(.enter)
    #expect(again.breakpoints.map(\.id) == [1, 2, 4])
  }

  @Test func thoseOfTheCommandLineAreThereFromTheBeginning() {
    let state = DebuggerState(
      size: States.standard, breakpoints: [Breakpoint(id: 1, node: "x"), Breakpoint(id: 2, condition: .nan)])
    #expect(state.entering("break inf").hasSuffix("→ breakpoints 1 x, 2 nan, 3 inf"))
  }

  @Test func theLineSwitchesAndDeletes() {
    let off = "1 off loss > 10, 2 fc1.relu, 3 step == 400"
    #expect(listed.entering("disable 1") == "no line breakpoints \(off) → breakpoints \(off)")
    #expect(
      listed.typing("disable 1").after(.enter).entering("enable 1").hasSuffix(
        "→ breakpoints 1 loss > 10, 2 fc1.relu, 3 step == 400"))
    #expect(listed.entering("delete 2").hasSuffix("→ breakpoints 1 loss > 10, 3 step == 400"))
    #expect(listed.entering("delete 7") == "7: There is no breakpoint '7', only 1, 2, 3.")
  }

  @Test func theSearchGoesBackToWhereItWasTrue() {
    #expect(
      listed.entering("back-to 1")
        == "no line 'searching back for breakpoint 1: loss > 10 …' → searchBack 1 loss > 10")
    #expect(listed.answer("u").hasSuffix("→ searchBack 3 step == 400"))
  }

  @Test func theKeysOfThePaneAreAboutTheChosenRow() {
    let chosen = listed.after(.pageUp)
    #expect(chosen.eventsPane.choice == .breakpoint(1))
    #expect(chosen.after("e").breakpoints[0].isEnabled == false)
    #expect(chosen.after("e", "e").breakpoints[0].isEnabled)
    #expect(chosen.after(.enter).breakpoints[0].isEnabled == false)
    #expect(chosen.after(.down, "d").breakpoints.map(\.id) == [1, 3])
    #expect(chosen.after(.down, "d").eventsPane.choice == .breakpoint(3))
    #expect(chosen.after(.delete, .delete, .delete).breakpoints.isEmpty)
    #expect(chosen.answer("u").hasSuffix("→ searchBack 1 loss > 10"))
  }

  @Test func elsewhereTheseKeysDoOtherThings() {
    let chosen = listed.after(.pageUp, "1")
    #expect(chosen.answer("d") == "")
    #expect(chosen.answer("u") == "")
    #expect(chosen.after("e").breakpoints == chosen.breakpoints)
  }

  @Test func withoutBreakpointsTheKeysSaySo() {
    let sentence = "'There are no breakpoints: b sets one at the chosen node, B on a condition.'"
    for key: Press in ["e", "d", "u", .delete] { #expect(state.after("7").answer(key) == sentence) }
    #expect(state.after("7").answer(.enter) == "")
  }

  @Test func hitsAreCountedOnceForEachMoment() {
    var state = listed
    for step in [301, 301, 302, 301] {
      var update = RunUpdate()
      update.moment = DigitsRun.moment(.backward, 1, step: step)
      update.moment?.hit = BreakpointHit(breakpoint: 1, text: "loss > 10", measured: "loss is 11")
      state = state.on(update, seconds: 20).state
    }
    #expect(state.hits.count(of: 1) == 2)
    #expect(state.hits.count(of: 2) == 0)
    var fork = RunUpdate()
    fork.fork = .init(position: Position(step: 302, phase: .batch, node: 0), future: .dropped)
    #expect(state.on(fork, seconds: 21).state.hits.count(of: 1) == 1)
  }

  @Test func aHitIsSaidUntilTheRunMovesOn() {
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.backward, 1)
    update.moment?.hit = BreakpointHit(
      breakpoint: 2, text: "norm(fc1.weight.grad) > 5", measured: "norm(fc1.weight.grad) is 7.31")
    let hit = state.on(update, seconds: 20).state
    #expect(hit.lines[0].contains("● breakpoint 2: norm(fc1.weight.grad) > 5, is 7.31"))
    update.moment?.hit = BreakpointHit(breakpoint: 3, text: "nan", measured: "fc1.relu holds 3 NaN")
    #expect(
      state.on(update, seconds: 20).state.lines[0].contains("breakpoint 3: nan: fc1.relu holds 3 NaN"))
    update.moment?.hit = BreakpointHit(
      breakpoint: 3, text: "step == 3 and loss > 0", measured: "step is 3 and loss is 0.25")
    #expect(
      state.on(update, seconds: 20).state.lines[0].contains(
        "breakpoint 3: step == 3 and loss > 0: step is 3 and loss is 0.25"))
    update.moment?.hit = BreakpointHit(breakpoint: 1, text: "fc1.relu")
    #expect(state.on(update, seconds: 20).state.lines[0].hasSuffix("● breakpoint 1: fc1.relu"))
    update.moment?.hit = nil
    #expect(!hit.on(update, seconds: 21).state.lines[0].contains("breakpoint"))
  }
}

struct EventsPaneTests {
  @Test func anEventTooLongForItsRowIsBelowInFull() {
    var update = events(40)
    let middle = String(repeating: "and more ", count: 12)
    update.events[39].text = "the first words of a note \(middle)the last"
    let long = States.digits(.paused, States.small).on(update, seconds: 11).state.after("7")
    let lines = long.lines
    #expect(lines.contains { $0.contains("40 forward  • note the first words") })
    #expect(lines.contains { $0.contains("│the first words of a note") })
    #expect(!long.after(.up).lines.contains { $0.contains("│the first words of a note") })
    #expect(long.after("z").lines.contains { $0.contains("the last") })
  }

  @Test func theHintsAreOfTheListWhereThereIsOneAndAlwaysSayHowToLeave() {
    let empty = States.digits(.paused, States.small).after("7")
    #expect(empty.lines.last?.hasPrefix(" space go on  . node") == true)
    #expect(empty.lines.last?.hasSuffix("q quit") == true)
    let full = empty.on(events(3), seconds: 11).state
    #expect(full.lines.last?.hasPrefix(" enter go  e on/off  d delete  u last hit  space go on") == true)
    #expect(full.lines.last?.hasSuffix("q quit") == true)
  }

  private func events(_ count: Int, from first: Int = 1) -> RunUpdate {
    var update = RunUpdate()
    update.events = (first..<first + count).map {
      RunEvent(.note, at: Position(step: $0, phase: .forward, node: 0), "note \($0)")
    }
    return update
  }

  private var state: DebuggerState {
    States.digits(.paused).on(events(40), seconds: 11).state.after("7")
  }

  @Test func theNewestEventIsLastAndChosen() {
    #expect(state.lines.contains { $0.contains("note 40") })
    #expect(state.answer(.enter) == "→ seek 40 forward 0")
    let more = state.on(events(1, from: 41), seconds: 12).state
    #expect(more.answer(.enter) == "→ seek 41 forward 0")
  }

  @Test func aChosenEventStaysChosenWhenMoreComes() {
    let chosen = state.after(.up, .up)
    #expect(chosen.answer(.enter) == "→ seek 38 forward 0")
    #expect(chosen.on(events(9, from: 41), seconds: 12).state.answer(.enter) == "→ seek 38 forward 0")
    #expect(chosen.after(.down, .down).eventsPane.choice == nil)
    #expect(state.after(.down).eventsPane.choice == nil)
  }

  @Test func theOldestAreDroppedAndTheChoiceWithThem() {
    let chosen = state.after(.pageUp, .pageUp, .pageUp, .pageUp)
    #expect(chosen.eventsPane.choice == .event(0))
    let full = chosen.on(events(5_000, from: 41), seconds: 12).state
    #expect(full.events.events.count == 4_096)
    #expect(full.answer(.enter) == "→ seek 5040 forward 0")
  }

  private func fork(_ future: Future) -> RunUpdate {
    let position = Position(step: 30, phase: .forward, node: 0)
    var update = RunUpdate()
    update.fork = RunUpdate.Fork(position: position, future: future)
    update.events = [
      RunEvent(.note, at: Position(step: 31, phase: .batch, node: 0), "told late"),
      RunEvent(.fork, at: position, "another future begins"),
      RunEvent(.note, at: Position(step: 31, phase: .batch, node: 0), "of the new one"),
    ]
    return update
  }

  @Test func whatHappenedInADroppedFutureIsGoneWithIt() {
    let forked = state.on(fork(.dropped), seconds: 12).state
    #expect(
      forked.events.events.suffix(3).map(\.text) == ["note 30", "another future begins", "of the new one"])
  }

  @Test func whatHappenedInAGhostIsMarkedAndNoMomentToGoTo() {
    let forked = state.on(fork(.ghost), seconds: 12).state
    #expect(forked.lines.contains { $0.contains("◌ ghost: note 40") })
    #expect(forked.lines.contains { $0.contains("◌ ghost: note told late") })
    #expect(forked.lines.contains { $0.contains("• note of the new one") })
    #expect(forked.answer(.enter) == "→ seek 31 batch 0")
    #expect(
      forked.after(.up, .up).answer(.enter)
        == "'This happened in a future that was dropped: its moment no longer exists.'")
  }

  @Test func aGhostOutlivesTheNextFork() {
    let twice = state.on(fork(.ghost), seconds: 12).state.on(fork(.dropped), seconds: 13).state
    #expect(twice.events.events.contains { $0.text == "note 40" })
    #expect(twice.events.events.count { $0.text == "of the new one" } == 1)
  }

  @Test func aPressChoosesTheRow() throws {
    let row = try #require(state.lines.firstIndex { $0.contains("note 37") })
    #expect(state.answer(.mouse(MouseEvent(x: 5, y: row, kind: .press))) == "event event(36)")
  }

  @Test func breakpointsStandAboveAndKeepHalfOfTheRowsAtMost() {
    var state = state
    state.breakpoints = (1...30).map { Breakpoint(id: $0, node: "fc1.relu") }
    let lines = state.lines
    #expect(lines.contains { $0.contains("1 ● fc1.relu") })
    #expect(lines.contains { $0.contains("note 40") })
    #expect(state.after(.pageUp, .pageUp, .pageUp).lines.contains { $0.contains("30 ● fc1.relu") } == false)
  }
}
