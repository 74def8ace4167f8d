import DebuggerUI
import TerminalUI
import Testing
import Trace

struct QuitQuestionTests {
  private let asked = States.digits(.running).after("q")

  @Test(arguments: [Press.character("q"), .character("y"), .character("Y"), .enter])
  func theQuestionIsAnsweredWithYes(key: Press) {
    #expect(asked.answer(key) == "→ quit")
  }

  @Test(arguments: [
    Press.escape, .character("n"), .character(" "), .character("."), .character("?"), .tab, .up, .backspace,
    .control("c"),
  ])
  func anyOtherKeyGoesOnAndDoesNothingElse(key: Press) {
    #expect(asked.answer(key) == "nothing open")
  }

  @Test func aPressOfTheMouseGoesOn() {
    #expect(asked.answer(.mouse(MouseEvent(x: 5, y: 5, kind: .press))) == "nothing open")
    #expect(asked.answer(.mouse(MouseEvent(x: 5, y: 5, kind: .wheelDown))) == "")
  }

  @Test(arguments: [
    (States.Status.paused, "Training is not finished. Quit and lose the run?"),
    (.finished, "Training is done. Quit?"),
    (.failed, "Training has stopped with an error. Quit?"),
  ])
  func aRunThatEndsLeavesTheQuestionOpen(status: States.Status, text: String) {
    var update = RunUpdate()
    update.status = status.ofRun
    let state = asked.on(update, seconds: 11).state
    #expect(state.overlay is QuitQuestion)
    #expect(state.lines.contains { $0.contains(text) })
    // The key that was on its way answers the question, and is not a command of its own.
    #expect(state.answer("y") == "→ quit")
    #expect(state.effects(of: .escape) == [])
  }

  @Test func aRecordingThatIsRunningIsNotLeftWithoutAQuestion() {
    var update = RunUpdate()
    update.recording = RecordingStatus(path: "run.tapedeck", byteCount: 1)
    func answer(_ status: States.Status) -> String {
      States.digits(status).on(update, seconds: 11).state.answer("q")
    }
    #expect(answer(.paused) == "quitQuestion open")
    #expect(answer(.running) == "quitQuestion open")
    #expect(answer(.finished) == "→ quit")
    let lines = States.digits(.paused).on(update, seconds: 11).state.after("q").lines
    #expect(lines.contains { $0.contains("It is being recorded to run.tapedeck.") })
    update.recording?.problem = "The disk is full."
    let stopped = States.digits(.running).on(update, seconds: 11).state.after("q").lines
    #expect(stopped.contains { $0.contains("The recording to run.tapedeck has stopped.") })
  }

  @Test(arguments: [RunDescription.Source.replay(file: "a"), .watch(file: "a")])
  func aRecordingThatIsShownIsLeftAtOnce(source: RunDescription.Source) {
    var update = RunUpdate()
    update.description = DigitsRun.description
    update.description?.source = source
    #expect(States.digits(.running).on(update, seconds: 11).state.answer("q") == "→ quit")
  }

  @Test func aPausedRunThatHasDoneNothingIsLeftAtOnce() {
    var update = States.news
    (update.status, update.losses) = (.paused, [])
    let start = DebuggerState(size: States.standard).on(update, seconds: 1).state
    #expect(start.answer("q") == "→ quit")
    update.losses = [.init(step: 1, loss: 2)]
    let later = start.on(update, seconds: 2).state
    #expect(later.answer("q") == "quitQuestion open")
    #expect(
      later.after("q").lines.contains { $0.contains("Training is not finished. Quit and lose the run?") })
  }

  @Test func newsOfARunThatPlaysLeavesTheQuestionOpen() {
    #expect(asked.on(.moment(301), seconds: 11).state.overlay is QuitQuestion)
  }
}
