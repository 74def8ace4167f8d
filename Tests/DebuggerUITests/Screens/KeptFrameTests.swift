import DebuggerUI
import TerminalUI
import Testing
import Trace

/// While only losses come, panes are taken from the frame before, and no one can tell.
struct KeptFrameTests {
  @Test(arguments: ["watch", "debug", "learn", "present"], [States.small, Size(width: 200, height: 60)])
  func aFrameWithKeptPanesEqualsOneDrawnAnew(layout: String, size: Size) throws {
    // A key takes the notice away that covers a row.
    let before = States.digits(.running, size).carryingOut("layout \(layout)").after(.tab)
    let kept = try #require(KeptFrame(before, before.screen()))
    var news = RunUpdate()
    news.losses = [RunUpdate.LossPoint(step: 301, loss: 0.1), RunUpdate.LossPoint(step: 302, loss: 0.7)]
    #expect(news.bringsLossesOnly)
    let after = before.on(news, seconds: 11).state
    var frame = Buffer(size: size)
    after.draw(into: &frame, keeping: kept)
    #expect(frame.lines == after.screen().lines)
    #expect(Set(frame.controls) == Set(after.screen().controls))
    #expect(frame.cells == after.screen().cells)
  }

  @Test func aPaneThatIsCoveredIsNotKept() {
    let state = States.digits(.running)
    #expect(KeptFrame(state, state.screen()) != nil)
    let help = state.after("?")
    #expect(KeptFrame(help, help.screen()) == nil)
  }

  @Test func newsOfAMomentAreMoreThanLosses() {
    var news = RunUpdate()
    news.moment = DigitsRun.moment(.update, 3, isPlaying: true)
    #expect(!news.bringsLossesOnly)
    news = RunUpdate()
    news.warnings = ["disk full"]
    #expect(!news.bringsLossesOnly)
  }
}
