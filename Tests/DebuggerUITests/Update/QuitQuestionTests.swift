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

  @Test(arguments: [States.Status.paused, .finished, .failed])
  func aRunThatStandsTakesTheQuestionBack(status: States.Status) {
    var update = RunUpdate()
    update.status = status.ofRun
    let state = asked.on(.run(update, seconds: 11)).state
    #expect(state.overlay == nil)
    #expect(state.effects(of: "q") == [.quit])
  }

  @Test func newsOfARunThatPlaysLeavesTheQuestionOpen() {
    #expect(asked.on(.run(.moment(301), seconds: 11)).state.overlay == .quitQuestion)
  }
}
