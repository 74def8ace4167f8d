import DebuggerUI
import Lessons
import TerminalUI
import Testing
import Trace

/// The guide pane: its pages, the line that runs, and the keys.
struct GuidePaneTests {
  private let state = States.digits(.paused).after("8")

  private func rows(_ state: DebuggerState, _ text: String) -> [String] {
    state.lines.filter { $0.contains(text) }
  }

  @Test func bothProgramsShowTheLineThatRuns() {
    #expect(rows(state, "▶").contains { $0.contains("dW2 = (1/m) * self.A1.T @ dZ2") })
    #expect(rows(state, "▶").contains { $0.contains("loss.backward()") })
    #expect(
      rows(state, "8 Guide").count == 1 && rows(state, "2 Node").count == 1
        && rows(state, "3 Bridge").count == 1)
  }

  @Test(arguments: [States.small, States.standard, Size(width: 200, height: 60)])
  func theLineThatRunsIsInViewAtEverySize(size: Size) {
    for (phase, node) in [(Phase.forward, 0), (.loss, 0), (.backward, 3), (.update, 3)] {
      let state = States.digits(.paused, DigitsRun.moment(phase, node), size).after("8")
      #expect(rows(state, "▶").filter { $0.contains("▶ ") }.count >= 2, "\(size) \(phase)")
      #expect(rows(state.after("z"), "▶ ").count >= (size.width >= 108 ? 1 : 2), "\(size) \(phase)")
    }
  }

  @Test func theWayToAnAnswerWaitsUntilTheRunIsThere() {
    let open = state.after(.right, .right, .enter)
    let asked = open.on(.key("s"))
    let goTo = DebuggerEffect.command(.goTo(Position(step: 1, phase: .batch, node: 0)))
    #expect(asked.effects.contains(goTo) && asked.state.guide.toShow.first == "run-to fc1.linear")
    var there = RunUpdate()
    (there.status, there.moment) = (.paused, DigitsRun.moment(.batch, 0, step: 1))
    let next = asked.state.on(there, seconds: 1)
    #expect(next.effects.contains(.command(.runTo(node: "fc1.linear"))) && next.state.pane == .guide)
    let shown = next.state.on(there, seconds: 2).state
    #expect(shown.pane == .bridge && shown.guide.toShow.isEmpty)
    // A key of the user's own ends it.
    #expect(asked.state.after("k").guide.toShow.isEmpty)
  }

  @Test func besideAScriptItsOwnLinesAreShown() {
    var news = RunUpdate()
    news.description = RunDescription(
      data: "train.py", network: "Net", optimizer: "SGD lr 0.1", batchSize: 0, seed: 0, epochs: 0,
      stepsPerEpoch: 0)
    var moment = DigitsRun.moment(.forward, 0)
    moment.source = SourceExcerpt(
      file: "train.py", firstLine: 7, lines: ["def forward(self, x):", "    h = self.fc1(x)"], line: 8)
    news.moment = moment
    let script = state.on(news, seconds: 11).state
    #expect(rows(script, "h = self.fc1(x)").contains { $0.contains("8▶") })
    #expect(rows(script, "▶").contains { $0.contains("self.Z1 = self.X @ self.W1 + self.b1  # fc1") })
    for text in ["range(0)", "batches(0)", "nn.Linear", "np.sqrt"] { #expect(rows(script, text).isEmpty) }
    // An update is called by no line that is known: the file stays, and nothing in it is marked.
    news.moment = DigitsRun.moment(.update, 0)
    let updated = script.on(news, seconds: 12).state
    #expect(rows(updated, "h = self.fc1(x)").contains { $0.contains("8 ") })
    #expect(!rows(updated, "h = self.fc1(x)").contains { $0.contains("8▶") })
  }

  @Test func arrowsTurnThePages() {
    #expect(state.after(.right).guide.page == .tables)
    #expect(state.after(.left).guide.page == .glossary)
    #expect(state.after(.right, .right, .right, .right).guide.page == .code)
  }

  @Test func enterOnALineGoesToItsNode() {
    let up = state.after(.up)
    #expect(up.answer(.enter) == "choice cross_entropy gradient → focus cross_entropy gradient")
    #expect(state.after("x").answer(.enter).isEmpty == false)
  }

  @Test func theGuideStaysWhileTheNodeIsLookedAt() {
    #expect(state.after("2").lines.contains { $0.contains("8 Guide") })
    #expect(state.after("3").lines.contains { $0.contains("8 Guide") })
    #expect(!state.after("1").lines.contains { $0.contains("8 Guide") })
  }

  @Test func theHandWrittenNumberIsAskedForWhileTheGuideIsShown() {
    let effects = States.digits(.paused).effects(of: "8")
    #expect(
      effects.contains { if case .command(.focus(let focus)) = $0 { focus.wantsByHand } else { false } })
    let away = state.effects(of: "1")
    #expect(away.contains { if case .command(.focus(let focus)) = $0 { !focus.wantsByHand } else { false } })
  }

  @Test func theHandWrittenNumberIsOnTheFrame() {
    var moment = DigitsRun.moment(.backward, 1)
    moment.byHand = ByHand(cell: .init(name: "dW2[0,0]", value: 0.25, shown: 0.2500002))
    let screen = States.digits(.paused, moment, Size(width: 200, height: 60)).after("8")
    #expect(
      screen.lines.contains { $0.contains("by hand dW2[0,0] = 0.25") && $0.contains("difference 2.0e−7") })
  }

  @Test func aRowIsTried() {
    var state = state
    state.tryOut = { row, _ in
      LessonTrial(
        row: row, operands: [.init(name: "x", shape: [2], values: [1, 2])],
        byHand: .init(name: "", shape: [2], values: [3, 4]),
        engine: .init(name: "", shape: [2], values: [3, 4.5]))
    }
    let tried = state.after(.right, "t")
    #expect(tried.guide.trial?.row == "array")
    #expect(tried.lines.contains { $0.contains("✗ greatest difference 0.50") })
    #expect(tried.after(.down).guide.trial == nil)
  }

  @Test func everyCommandOfTheAnswersIsUnderstood() {
    for lessons in [Lessons.english, .spanish] {
      for question in lessons.questions.indices {
        var answer = state.after(.right, .right)
        answer.lessons = lessons
        for _ in 0..<question { answer = answer.after(.down) }
        var shown = answer.after(.enter, "s")
        var there = RunUpdate()
        (there.status, there.moment) = (.paused, DigitsRun.moment(.update, 0, step: 1))
        repeat {
          let id = lessons.questions[question].id
          #expect(shown.notice?.kind != .problem, "\(id): \(shown.notice?.text ?? "")")
          shown = shown.on(there, seconds: 1).state
        } while !shown.guide.toShow.isEmpty
        #expect(!answer.after(.enter, .escape).guide.isAnswerOpen)
      }
    }
  }

  @Test(arguments: ["softmax", "zero_grad", "parameters", "‖", "Δ/w", "▲"])
  func helpFindsWordsAndSigns(search: String) {
    var help = States.digits(.paused, Size(width: 120, height: 60)).after("?")
    for character in search { help = help.after(.character(character)) }
    #expect(help.lines.contains { $0.contains("Words and signs") }, "\(search)")
  }

  @Test func theWelcomeGoesWithTheFirstKeyWhichDoesItsThing() {
    var state = States.digits(.paused)
    state.overlay = WelcomeBox()
    #expect(state.lines.contains { $0.contains("A network waits at its first node.") })
    #expect(state.after("2").overlay == nil)
    #expect(state.after("2").pane == .node)
    #expect(state.after("8").guide.keepsPlace)
  }
}
