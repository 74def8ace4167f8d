import DebuggerUI
import TerminalUI
import Testing
import Trace

extension DebuggerState {
  /// The state after that was typed behind a colon.
  func typing(_ text: String) -> DebuggerState { text.reduce(after(":")) { $0.after(.character($1)) } }

  /// What the line changes and asks for when it is entered.
  func entering(_ line: String) -> String { typing(line).answer(.enter) }
}

/// What a line asks for.
struct CommandTests {
  private let state = States.digits(.paused)

  @Test(arguments: [
    ("run", "status running no line → run"), ("next-node", "no line → nextNode"),
    ("previous-node", "no line → previousNode"),
    ("next-phase", "no line → nextPhase"), ("next-step", "no line → nextStep"),
    ("goto 30", "no line → go to 30 batch 0"), ("goto 30 backward", "no line → go to 30 backward 0"),
    ("run-to fc2.linear", "no line → runTo fc2.linear"), ("run-to", "no line → runTo fc2.linear"),
    ("start", "no line → seek 1 batch 0"), ("pace 60", "no line → pace 60.0"),
    ("pace off", "pace none no line → pace none"), ("full-speed", "pace none no line → pace none"),
    ("mark", "no line mark 300 backward 1 → mark 300 backward 1"),
    ("note the loss jumps", #"no line → note("the loss jumps")"#),
    ("record a b.tapedeck", "no line → record a b.tapedeck"),
    ("why fc1.relu", "no line 'searching for where it began in fc1.relu …' → why fc1.relu value"),
    (
      "why fc1.relu[1,2]",
      "no line 'searching for where it began in fc1.relu …' → why fc1.relu value 130"
    ),
    (
      "check fc1.weight[3,4]",
      "no line 'checking the gradient of fc1.weight …' → check fc1.weight 196"
    ),
    ("step", "no line → nextNode"), ("back", "no line → previousNode"),
    ("next-iteration", "no line → nextStep"), ("previous-iteration", "no line → previousStep"),
    ("lr 0.01", "no line → change lr 0.01 dropped"),
    ("momentum 5e-1", "no line → change momentum 0.5 dropped"),
    ("set weight_decay 0.1", "no line → change weight_decay 0.1 dropped"),
    ("set fc1.weight[3,4] 0", "no line → change fc1.weight[3, 4] 0.0 dropped"),
    ("set fc1.bias[ 7 ] nan", "no line → change fc1.bias[7] nan dropped"),
    ("zero-grad off", "no line → change zeroGrad false dropped"),
    ("zero-grad ON", "no line → change zeroGrad true dropped"),
    ("view gradient", "choice fc2.linear gradient no line → focus fc2.linear gradient"),
    ("view weight", "choice fc2.linear value no line → focus fc2.linear value"),
    ("focus fc1.weight", "choice fc1.weight no line → focus fc1.weight"), ("pane 3", "pane 3 no line"),
    ("pane curves", "pane 4 no line"), ("zoom", "zoomed no line"), ("logarithm", "logarithmic no line"),
    ("help", "help open no line"), ("quit", "quitQuestion open no line"), ("goto", "line :goto "),
    ("", "no line"),
    ("  ", "no line"),
  ])
  func theCommandIsCarriedOut(line: String, answer: String) {
    #expect(state.entering(line) == answer, "\(line)")
  }

  @Test(arguments: [
    ("mom 0.5", "momentum 0.5"), ("zero off", "zero-grad off"), ("run to fc1.relu", "run-to fc1.relu"),
    ("next phase", "next-phase"), ("next ph", "next-phase"), ("ZOOM", "zoom"), ("  sta  ", "start"),
    ("q", "quit"), ("full speed", "full-speed"), ("zero grad on", "zero-grad on"),
  ])
  func aNameMayBeCutShortWhereNoOtherBeginsSo(line: String, whole: String) {
    #expect(state.entering(line) == state.entering(whole))
    #expect(!state.entering(line).isEmpty)
  }

  @Test func aModuleIsShownByItsLastOperator() {
    #expect(state.entering("focus fc1") == state.entering("focus fc1.relu"))
    #expect(state.entering("focus fc9").hasPrefix("6: There is no node 'fc9'"))
  }

  @Test func whatFollowsACommandIsNotTakenForItsName() {
    #expect(state.entering("break he").hasPrefix("6: There is no node 'he'"))
  }

  @Test(arguments: [
    ("xyzzy", "0: No command begins with 'xyzzy': ? lists them all."),
    ("compare", "0: No command begins with 'compare'; did you mean ghost?"),
    ("screenshot", "0: No command begins with 'screenshot'; did you mean save?"),
    ("momentun 1", "0: No command begins with 'momentun'; did you mean momentum?"),
    ("lr", "2: lr needs a value, such as lr 0.01."),
    ("lr  x", "4: 'x' is not a number, such as 0.01 or 1e-3."),
    ("lr 1 2", "5: lr takes one word: lr 0.01."), ("zoom 2", "5: zoom takes nothing after its name."),
    ("why fc1.relu[0]", "13: fc1.relu is 64×128, so it has no cell [0]: indices start at 0."),
    ("why fc1.rel[0,0]", "4: There is no node 'fc1.rel'; did you mean fc1.relu?"),
    ("goto 0", "5: '0' is not a step: give a whole number of at least 1."),
    ("goto 481", "5: The run's last step is 480."),
    ("goto 3 x", "7: 'x' is not one of batch, zero_grad, forward, loss, backward, update."),
    ("goto 3 loss 4", "12: goto takes a step and a phase: goto 300 backward."),
    ("pace -1", "5: The pace must be a number above 0, or off."),
    ("run-to fc1.linera", "7: There is no node 'fc1.linera'; did you mean fc1.linear?"),
    ("view x", "5: 'x' is not one of value, weight, gradient, update."),
    (
      "pane 11",
      "5: There is no pane '11', only 1 graph, 2 node, 3 bridge, 4 curves, 5 gradients, 6 batch, 7 events, 8 guide, 9 output, 10 system, 0 diagnosis."
    ),
    ("zero-grad maybe", "10: 'maybe' is neither on nor off."),
    ("set fc1.weight[3,4]", "19: A value is missing: set fc1.weight[3,4] 0."),
    ("set fc1.weight 0", "14: Which cell of fc1.weight? Name one: set fc1.weight[3,4] 0."),
    (
      "set fc1.weight[3,400] 0",
      "15: fc1.weight is 128×64, so it has no cell [3, 400]: indices start at 0."
    ),
    ("set fc1.weight[3] 0", "15: fc1.weight is 128×64, so it has no cell [3]: indices start at 0."),
    ("set fc1.weight[3,x] 0", "17: 'x' is not an index: use whole numbers of at least 0."),
    ("set fc1.weight[3,4 0", "19: A ']' is missing after the cell's indices."),
    ("set fc1.weight[3,4]x 0", "19: Nothing can follow the cell here."),
    ("set fc1.weihgt[3,4] 0", "4: There is no parameter 'fc1.weihgt'; did you mean fc1.weight?"),
    ("check fc1.weight", "16: Which cell? Name one, such as fc1.weight[0,0]."),
    ("break loss >", "12: Expected a number, but got the end."),
    ("break norm(fc9.weight.grad) > 5", "11: There is no node 'fc9.weight'; did you mean fc1.weight?"),
    ("delete 2", "7: There are no breakpoints: 'break' sets one."),
  ])
  func aLineThatCannotBeCarriedOutStaysOpenAndSaysWhy(line: String, problem: String) {
    #expect(state.entering(line) == problem)
  }

  @Test func aBeginningOfSeveralNamesSaysWhich() {
    #expect(
      state.entering("ne")
        == "2: 'ne' could be next-node, next-phase, next-step, next-pane, next-match or next-slice: type more of it."
    )
  }

  @Test func beforeAnStepIsDoneNoNameIsAMistake() {
    let early = States.digits(.paused, Moment(position: .start))
    #expect(early.entering("run-to conv7") == "no line → runTo conv7")
    #expect(
      early.entering("check fc1.weight[3,4]")
        == "–: The shape of fc1.weight is not known yet: run a step first.")
    #expect(early.typing("run-to fc2").after(.tab).console?.input.text == "run-to fc2.")
  }

  @Test func everyExampleOfTheTableCanBeCarriedOut() throws {
    var state = States.digits(.paused)
    state.breakpoints = [Breakpoint(id: 1, node: "x"), Breakpoint(id: 2, node: "y")]
    // Whoever types "type" types on.
    for sample in CommandTable.standard.samples where !sample.hasPrefix("type ") {
      let after = state.typing(sample).after(.enter)
      #expect(after.console == nil, "\(sample): \(after.console?.problem?.message ?? "")")
    }
  }
}

/// The line itself: typing, completing, remembering.
struct ConsoleLineTests {
  private let state = States.digits(.paused)

  /// The line after those keys.
  private func line(_ text: String, _ keys: Press...) -> String? {
    var state = state.typing(text)
    for key in keys { state = state.after(key) }
    return state.console?.input.text
  }

  @Test func itOpensAndCloses() {
    #expect(state.answer(":") == "line :")
    #expect(state.after(":").answer(.escape) == "no line")
    #expect(state.after(":").answer(.backspace) == "no line")
    #expect(state.typing("x").answer(.backspace) == "line :")
    #expect(state.after("g").answer(.escape) == "no line")
    #expect(state.after(":").answer(.mouse(MouseEvent(x: 5, y: 5, kind: .press))) == "no line")
  }

  @Test func keysWithAMeaningAreLetters() {
    for key: Press in ["q", " ", ".", ",", "?", ":", "1", "/"] {
      guard case .character(let character) = key.key else { continue }
      #expect(state.after(":").answer(key) == "line :\(character)")
    }
  }

  @Test func tabCompletesNamesOfCommands() {
    #expect(line("mom", .tab) == "momentum ")
    #expect(line("zoo", .tab) == "zoom")
    #expect(line("xyz", .tab) == "xyz")
    // What several have in common comes first, then each of them in turn, and round again.
    #expect(line("nex", .tab) == "next-")
    #expect(line("next-", .tab) == "next-node")
    #expect(line("next-", .tab, .tab) == "next-phase")
    #expect(line("next-", .tab, .tab, .backTab) == "next-node")
    #expect(line("next-", .backTab) == "next-slice")
    #expect(line("next-", .tab, .tab, .tab, .tab, .tab, .tab, .tab) == "next-node")
  }

  @Test func tabCompletesWhatFollows() {
    #expect(line("run-to fc2.l", .tab) == "run-to fc2.linear")
    #expect(line("focus cr", .tab) == "focus cross_entropy")
    #expect(line("run to fc2.l", .tab) == "run to fc2.linear")
    #expect(line("set fc2.w", .tab) == "set fc2.weight[")
    #expect(line("check fc2.b", .tab) == "check fc2.bias[")
    #expect(line("zero-grad of", .tab) == "zero-grad off")
    #expect(line("view gr", .tab) == "view gradient")
    #expect(line("pane br", .tab) == "pane bridge")
    #expect(line("break fc2.l", .tab) == "break fc2.linear ")
    #expect(line("break nor", .tab) == "break norm(")
    #expect(line("break norm(fc2.weight.", .tab) == "break norm(fc2.weight.grad)")
    #expect(line("break fc2.linear back", .tab) == "break fc2.linear backward ")
    #expect(line("break zeros(fc1.relu) > 0.5 o", .tab) == "break zeros(fc1.relu) > 0.5 or ")
    #expect(line("lr 0", .tab) == "lr 0")
  }

  @Test(arguments: ["loss >", "loss > ", "loss > f", "norm(fc1.weight) <= ", "step == c", "epoch !="])
  func afterAComparisonThereIsANumberAndTabOffersNoNode(_ condition: String) {
    #expect(line("break \(condition)", .tab) == "break \(condition)")
    #expect(Completion.at("break \(condition)", .standard, state).candidates == [])
    #expect(line("break \(condition) 5 and nor", .tab)?.hasSuffix(" 5 and norm(") == true)
  }

  @Test(arguments: [
    ("", true), ("fc2.linear ", false), ("fc2.linear backward if ", false), ("norm(", true),
    ("loss > 3 ", false), ("loss > 3 and ", false), ("(", false), ("(loss > 3 or ", false),
    ("(loss > 3 or mean(", true), ("(norm(fc2.weight) > 3) ", false), ("nan ", false),
    ("norm(fc2.weight) ", false), ("loss ", false),
  ])
  func tabOffersNodesWhereANodeMayStand(_ breakpoint: String, _ isOffered: Bool) {
    let candidates = Completion.at("break \(breakpoint)", .standard, state).candidates.map(\.text)
    #expect(candidates.contains("fc2.linear") == isOffered, "\(candidates)")
    // What is offered can be read there: only what follows it may be missing.
    for text in candidates.map({ breakpoint + $0 }) {
      do { _ = try Breakpoint(id: 1, parsing: text) } catch {
        #expect(error.column > text.count, "\(text): \(error)")
      }
    }
  }

  @Test func tabCompletesTheNumbersOfBreakpoints() {
    var state = state
    state.breakpoints = [Breakpoint(id: 3, node: "x"), Breakpoint(id: 14, node: "y")]
    #expect(state.typing("delete 1").after(.tab).console?.input.text == "delete 14")
    #expect(state.typing("delete ").after(.tab).console?.input.text == "delete 3")
  }

  @Test func tabCompletesTheWordAtTheCursorAndKeepsWhatFollows() {
    let cursor = state.typing("run-to fc2.l x").after(.left, .left)
    #expect(cursor.after(.tab).console?.input.text == "run-to fc2.linear x")
  }

  @Test func anotherKeyEndsTheWayThroughTheCandidates() {
    #expect(line("next-", .tab, "s", .tab) == "next-nodes")
    #expect(line("next-", .tab, .backspace, .tab) == "next-node")
  }

  @Test func olderLinesComeBack() {
    let used = state.typing("pane 2").after(.enter).typing("pane 3").after(.enter)
    #expect(used.consoleHistory == ["pane 2", "pane 3"])
    let open = used.typing("mine")
    #expect(open.after(.up).console?.input.text == "pane 3")
    #expect(open.after(.up, .up).console?.input.text == "pane 2")
    #expect(open.after(.up, .up, .up).console?.input.text == "pane 2")
    #expect(open.after(.up, .up, .down).console?.input.text == "pane 3")
    #expect(open.after(.up, .down).console?.input.text == "mine")
    #expect(open.after(.down).console?.input.text == "mine")
    #expect(open.after(.up, .enter).consoleHistory == ["pane 2", "pane 3"])
  }

  @Test func aLineThatFailedIsNotRememberedAndIsMendedInPlace() {
    let failed = state.typing("lr x").after(.enter)
    #expect(failed.consoleHistory.isEmpty)
    #expect(failed.answer(.backspace) == "line :lr  no problem")
    #expect(failed.after(.backspace, "1").answer(.enter) == "no line → change lr 1.0 dropped")
  }

  @Test func theHistoryIsBounded() {
    var state = state
    for number in 1...600 { state = state.typing("pace \(number)").after(.enter) }
    #expect(state.consoleHistory.count == 500)
    #expect(state.consoleHistory.last == "pace 600")
  }

  @Test func pastedTextGoesIntoTheLineAndNowhereElse() {
    #expect(state.answer(.paste("q")) == "")
    #expect(state.after(":").answer(.paste("lr 0.01\nq\n")) == "line :lr 0.01 q")
    let middle = state.typing("lr 1").after(.left)
    #expect(middle.answer(.paste("0.0")) == "line :lr 0.01")
  }

  @Test func keysOpenItWithWordsTypedAlready() {
    #expect(state.answer("g") == "line :goto ")
    #expect(state.answer("B") == "line :break ")
    #expect(state.after(.up).answer("B") == "line :break ")
    #expect(state.answer("R") == "line :record ")
    // Tab offers a name; what is typed takes its place.
    #expect(state.after("R").answer(.tab) == "line :record digits.tapedeck")
    #expect(state.after("R").answer("a") == "line :record a")
  }
}
