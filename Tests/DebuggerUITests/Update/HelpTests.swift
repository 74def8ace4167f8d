import DebuggerUI
import TerminalUI
import Testing

struct HelpTests {
  private let small = States.digits(.paused, States.small).after("?")

  @Test(arguments: [Press.character("?"), .function(1), .escape, .character("q"), .character("z"), .enter])
  func theHelpIsClosed(key: Press) {
    #expect(small.answer(key) == "nothing open")
  }

  @Test func theHelpScrollsByLineAndByPage() {
    #expect(small.answer(.down) == "help row 1")
    #expect(small.answer("j") == "help row 1")
    #expect(small.after(.down, .down).answer(.up) == "help row 1")
    #expect(small.after(.pageDown).answer("k") == "help row \(small.after(.pageDown).helpRow - 1)")
    #expect(small.after(.down).answer(.pageUp) == "help row 0")
  }

  @Test func theHelpScrollsNoFurtherThanItsEnds() {
    #expect(small.answer(.up) == "")
    let end = small.after(.pageDown, .pageDown, .pageDown, .pageDown)
    #expect(end.answer(.down) == "")
    #expect(end.lines.contains { $0.contains("quit; asks first while training runs") })
  }

  @Test func theHelpOpensAtItsBeginning() {
    #expect(small.after(.pageDown, .escape).answer("?") == "help open help row 0")
  }

  @Test func whereAllOfTheHelpIsSeenItDoesNotScroll() {
    let large = States.digits(.paused, Size(width: 120, height: 60)).after("?")
    #expect(large.answer(.down) == "")
    #expect(!large.lines.contains { $0.contains("scroll") })
    #expect(small.lines.contains { $0.contains("↑ ↓ scroll") })
  }

  @Test func otherKeysCloseTheHelpAndAreObeyed() {
    #expect(small.answer(".") == "nothing open → stepNode")
    #expect(small.answer("y") == "nothing open logarithmic")
    #expect(small.answer(.tab) == "pane 2 nothing open")
  }

  @Test func keysWithoutMeaningLeaveTheHelpOpen() {
    #expect(small.answer("x") == "")
  }

  @Test func aPressOfTheMouseClosesTheHelp() {
    #expect(small.answer(.mouse(MouseEvent(x: 5, y: 5, kind: .press))) == "nothing open")
  }

  @Test func aScreenThatGrowsShowsTheHelpFromARowThatFillsIt() {
    let end = small.after(.pageDown, .pageDown, .pageDown, .pageDown)
    let grown = end.on(.resize(Size(width: 120, height: 60))).state
    #expect(grown.lines.contains { $0.contains("run, or pause inside the node") })
  }
}
