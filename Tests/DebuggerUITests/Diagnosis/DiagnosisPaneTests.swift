import DebuggerUI
import Localization
import TerminalUI
import Testing
import Trace

/// What the user sees of findings, and what keys do with them.
struct DiagnosisPaneTests {
  private let found = States.digits(.paused).finding(Findings.remark, Findings.dead, Findings.twice)

  /// The line of the screen that contains a text.
  private func line(_ text: String, _ state: DebuggerState) -> String? {
    state.lines.first { $0.contains(text) }
  }

  // MARK: The list

  @Test func theWorstIsFirst() throws {
    let lines = found.after("0").lines
    let places = ["softmax-twice ", "dead-relu ", "inputs-not-standardised "].map { rule in
      lines.firstIndex { $0.contains(" \(rule)") }
    }
    #expect(places.compactMap(\.self).count == 3)
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test(arguments: [States.small, States.standard]) func aRowHasSignRuleAndSentence(size: Size) throws {
    let state = States.digits(.paused, size).finding(Findings.dead).after("0")
    #expect(state.pane == .diagnosis)
    #expect(line("0 Diagnosis 1 fault", state) != nil)
    let row = try #require(line("⚠ dead-relu", state))
    #expect(row.contains("96 of 128 units"))
  }

  @Test func withoutFindingsThePaneSaysWhatWasJudged() {
    let state = States.digits(.paused).after("0")
    #expect(state.text.contains("rules has found a fault so far"))
    #expect(States.digits(.preparing).after("0").text.contains("nothing has run yet"))
  }

  @Test func ofARecordingItSaysHowManyStepsWereLookedAt() {
    var update = RunUpdate()
    update.judged = JudgedSteps(count: 12, complete: 0, all: 469)
    let state = States.digits(.paused).on(update, seconds: 12).state
    #expect(state.after("0", "z").text.contains("12 of 469 steps"))
    #expect(!States.digits(.paused).after("0", "z").text.contains("of 469 steps"))
  }

  @Test func aFindingIsListedOnce() {
    let state = found.finding(Findings.dead)
    #expect(state.diagnosis.findings.count == 3)
  }

  @Test func anotherFutureForgetsWhatWasFoundAfterIt() {
    var update = RunUpdate()
    update.fork = RunUpdate.Fork(position: .start(of: 100), future: .dropped)
    let state = found.on(update, seconds: 12).state
    #expect(state.diagnosis.findings.map(\.rule) == ["inputs-not-standardised", "softmax-twice"])
  }

  @Test func belowTheListIsTheWholeTextOfTheChosenFinding() throws {
    let zoomed = found.after("0", "z")
    for text in ["fc2.softmax is computed by softmax", "Gradients become small.", "train.py:40"] {
      #expect(zoomed.text.contains(text), "\(text)")
    }
    #expect(zoomed.after(.down).text.contains("2. Use LeakyReLU."))
    #expect(!zoomed.after(.down).text.contains("Gradients become small."))
  }

  @Test func textThatIsLongerThanItsRoomIsScrolledByPages() {
    var state = found.after("0", "z")
    let source = SourceExcerpt(
      file: "train.py", firstLine: 1, lines: (1...60).map { "line \($0)" }, line: 40)
    state.diagnosis.keep(source, isMuted: false, of: Findings.twice)
    #expect(!state.text.contains("line 60"))
    let end = state.after(.pageDown, .pageDown, .pageDown, .pageDown, .pageDown, .pageDown)
    #expect(end.text.contains("line 60") && end.text.contains("dead-relu"))
  }

  @Test(arguments: [Size(width: 80, height: 9), States.small, States.standard])
  func whereThereIsLittleRoomTheListHasAllOfIt(size: Size) {
    var buffer = Buffer(size: size)
    for height in 0...size.height {
      let area = Rect(x: 0, y: 0, width: size.width, height: height)
      found.draw(.diagnosis, into: &buffer, area)
    }
  }

  // MARK: One finding

  @Test(arguments: [States.small, States.standard]) func enterOpensTheFinding(size: Size) {
    let state = States.digits(.paused, size).finding(Findings.dead).after("0", .enter)
    for text in [
      "96 of 128 units of fc1.relu are dead", "less than one time in twenty", "passes no gradient",
      "1. Lower the learning rate.", "2. Use LeakyReLU.", "Network.swift:12", "[show me]", "mute dead-relu",
    ] {
      #expect(state.text.contains(text), "\(text)")
    }
    #expect(!state.after(.escape).text.contains("[show me]"))
    #expect(!state.after(.escape).isZoomed && !state.after(.enter).isZoomed)
  }

  @Test func theLinesOfTheFileAreShownWhereTheyAreKnown() {
    var state = found
    let source = SourceExcerpt(
      file: "Network.swift", firstLine: 11, lines: ["func f() {", "  x.relu()", "}"], line: 12)
    state.diagnosis.keep(source, isMuted: false, of: Findings.dead)
    let open = state.after("0", "z", .down, .enter)
    #expect(line("12⚠  x.relu()", open) != nil)
  }

  @Test func showMeLeadsToNodeViewCellAndMoment() {
    let state = found.after("0", .down)
    #expect(
      state.effects(of: "s") == [
        .command(.focus(Focus(node: "fc1.relu", view: .value))),
        .command(
          .focus(
            Focus(node: "fc1.relu", view: .value, followed: [FollowedCell(node: "fc1.relu", cell: 130)]))),
        .command(.seek(.end(of: 120))),
      ])
    let after = state.after("s")
    #expect(after.pane == .node)
    #expect(after.cell == Matrix.Place(row: 1, column: 2))
    #expect(state.after(.enter).effects(of: .enter).last == .command(.seek(.end(of: 120))))
  }

  @Test func aFindingAboutTheWholeRunLeadsToItsMoment() {
    let state = found.after("0", .down, .down)
    #expect(state.effects(of: "s") == [.command(.seek(.end(of: 3)))])
  }

  @Test func aFindingAboutTheLossLeadsToItsCurve() {
    let state = States.digits(.paused).finding(Findings.flat).after("0")
    #expect(state.effects(of: "s").contains(.command(.seek(.end(of: 90)))))
    let after = state.after("s")
    #expect(after.pane == .loss && after.lossPane.chosen == .loss && after.lossPane.cursor == 90)
  }

  @Test func aRunningScriptPausesFirstAndSaysSo() {
    var update = RunUpdate()
    update.description = RunDescription(
      data: "train.py", network: "Net", optimizer: "SGD", batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
    let running = States.digits(.running).on(update, seconds: 11).state.finding(Findings.flat).after("0")
    #expect(running.effects(of: "s").contains(.command(.pause)))
    let paused = running.after("s")
    #expect(paused.notice?.text.contains("it pauses now") == true)
    #expect(paused.after("0").effects(of: "s").contains(.command(.seek(.end(of: 90)))))
    #expect(running.effects(of: "<").contains(.command(.pause)))
    // A run that can be computed again goes there at once.
    let own = States.digits(.running).finding(Findings.flat).after("0")
    #expect(own.effects(of: "s").contains(.command(.seek(.end(of: 90)))))
  }

  @Test func withoutFindingsTheKeysSayThatThereIsNone() {
    for key in [Press.enter, "s"] {
      let notice = States.digits(.paused).after("0", key).notice
      #expect(notice?.text == "There is no finding to show.")
    }
  }

  @Test func onAnOpenFindingEnterIsNotHintedAsOpening() {
    let list = found.after("0")
    #expect(list.lines.last?.contains("enter open  s show me") == true)
    let open = list.after(.enter)
    #expect(open.lines.last?.contains("s show me") == true)
    #expect(open.lines.last?.contains("enter open") == false)
  }

  // MARK: Muting

  @Test func aMutedRuleIsHiddenAndCounted() {
    let state = found.after("0", "m")
    #expect(!state.text.contains("softmax-twice  "))
    #expect(state.text.contains("1 muted"))
    #expect(state.diagnosis.findings.count == 3)
    #expect(state.typing("unmute softmax-twice").after(.enter).text.contains("softmax-twice"))
  }

  @Test func aRuleThatIsNotMutedStaysAsItIs() {
    #expect(found.typing("unmute dead-relu").after(.enter).text.contains("dead-relu is not muted"))
  }

  @Test func aRuleIsMutedByName() {
    let state = found.typing("mute dead-r").after(.tab, .enter)
    #expect(state.diagnosis.muted == ["dead-relu"])
    #expect(
      found.entering("mute dead-rely").contains("There is no rule 'dead-rely'; did you mean dead-relu?"))
    #expect(found.entering("mute nothing").contains(":rules lists them"))
  }

  @Test func aCommentInTheSourceMutesAFinding() {
    var state = found
    state.diagnosis.keep(nil, isMuted: true, of: Findings.dead)
    #expect(state.diagnosis.shown.map(\.rule) == ["softmax-twice", "inputs-not-standardised"])
  }

  @Test func whereAllIsMutedThePaneSaysSo() {
    let state = States.digits(.paused).finding(Findings.dead).after("0", "m")
    #expect(state.text.contains("All that was found is muted"))
  }

  // MARK: Rules

  /// A screen on which all rules have room.
  private var tall: DebuggerState {
    States.digits(.paused, Size(width: 120, height: 100)).finding(Findings.dead, Findings.twice)
  }

  @Test func vGoesToTheRulesAndBack() {
    let rules = tall.after("0", "z", "v")
    #expect(rules.text.contains("a loss or weights that are NaN or infinite"))
    #expect(rules.after("v").text.contains("softmax-twice"))
  }

  @Test func inANarrowPaneTheListBreaksNoWord() {
    Language.spanish.during {
      let state = States.digits(.paused, States.small).finding(Findings.dead).after("0", "v")
      #expect(state.text.contains("empty-optimizer"))
      #expect(state.text.contains("un optimizador sin parámetros"))
    }
  }

  @Test func aLineOfARuleThatIsCutSaysSo() {
    let state = States.digits(.paused, Size(width: 60, height: 100)).after("0", "z", "v")
    let cut = state.lines.filter { $0.contains("…") }
    #expect(!cut.isEmpty)
  }

  @Test func rulesAreListedWithTheirThresholds() {
    let state = tall.typing("rules").after(.enter, "z")
    #expect(state.text.contains("a loss or weights that are NaN or infinite"))
    #expect(state.text.contains("wait 10"))
    #expect(!state.after(.escape).text.contains("wait 10"))
    var set = tall
    set.diagnosis.thresholds = ["not-finite.wait": 12]
    #expect(set.typing("rules").after(.enter, "z").text.contains("wait 12  set by you"))
  }

  @Test func allMutedRulesAreCounted() {
    let rules = tall.after("0", "z", "v", "m", .down, "m")
    #expect(rules.text.contains(" rules, 2 muted"))
  }

  // MARK: Beside the pane

  @Test(arguments: [States.small, States.standard]) func theStatusLineCountsFaults(size: Size) {
    let state = States.digits(.paused, size).finding(Findings.dead, Findings.twice)
    #expect(state.lines[1].contains("✘ 2 faults"))
    #expect(States.digits(.paused, size).finding(Findings.dead).lines[1].contains("⚠ 1 fault"))
    #expect(!States.digits(.paused, size).lines[1].contains("fault"))
    #expect(States.digits(.paused, size).finding(Findings.remark).lines[1].contains("• 1 remark"))
  }

  @Test func theBadgeOpensThePane() throws {
    let row = Array(found.lines[1])
    let x = try #require(row.firstIndex(of: "✘"))
    #expect(found.on(.mouse(MouseEvent(x: x, y: 1, kind: .press))).state.pane == .diagnosis)
  }

  @Test func inASCIITheBadgeIsInASCIIToo() {
    let lines = found.screen(TerminalCapabilities(colorSupport: .none, isUnicode: false)).lines
    #expect(lines[1].contains("x 2 faults"))
    #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test func theNodeIsMarkedInTheGraphAndSaysWhy() {
    #expect(found.lines.contains { $0.contains("⚠fc1.relu") })
    #expect(!States.digits(.paused).lines.contains { $0.contains("⚠fc1.relu") })
    // The tensor that is shown is that of fc2.linear.
    #expect(found.after("2", "z").text.contains("✘ softmax-twice: cross_entropy applies softmax itself"))
  }

  @Test func aFindingIsALineOfTheEventsAsGraveAsInItsPane() {
    let state = found.after("7", "z")
    #expect(line("⚠ warning dead-relu: 96 of 128 units", state) != nil)
    #expect(line("✘ error softmax-twice: cross_entropy", state) != nil)
    #expect(line("• note inputs-not-standardised: ", state) != nil)
  }

  @Test func findingsOpenThePaneWhereThereIsRoom() {
    let large = States.digits(.paused, Size(width: 200, height: 60))
    #expect(large.areas[.diagnosis] == nil)
    #expect(large.finding(Findings.dead).areas[.diagnosis] != nil)
    #expect(large.after(.function(1)).finding(Findings.dead).areas[.diagnosis] != nil)
  }

  // MARK: Breakpoints

  @Test func aBreakpointStopsAtFindings() {
    let state = found.typing("break diagnosis").after(.enter)
    #expect(state.breakpoints.map(\.text) == ["diagnosis"])
    #expect(state.breakpoints.stopAtFindings)
    #expect(
      state.breakpoints.hit(by: Findings.dead)?.sentence
        == "breakpoint 1, diagnosis: dead-relu: 96 of 128 units of fc1.relu are dead (Network.swift:12)")
    #expect(state.entering("back-to 1") == "no line → seek 120 update 0")
  }
}
