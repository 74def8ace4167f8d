import DebuggerUI
import TerminalUI
import Testing

struct HelpTests {
  private let small = States.digits(.paused, States.small).after("?")

  @Test(arguments: [Press.character("?"), .escape, .enter])
  func theHelpIsClosed(key: Press) {
    #expect(small.answer(key) == "nothing open")
  }

  @Test func theHelpScrollsByLineAndByPage() {
    #expect(small.answer(.down) == "help row 1")
    #expect(small.after(.down, .down).answer(.up) == "help row 1")
    #expect(small.after(.pageDown).answer(.up) == "help row 9")
    #expect(small.after(.down).answer(.pageUp) == "help row 0")
    #expect(small.answer(.mouse(MouseEvent(x: 5, y: 5, kind: .wheelDown))) == "help row 1")
  }

  @Test func theHelpScrollsNoFurtherThanItsEnds() {
    #expect(small.answer(.up) == "")
    let end = small.after(.end)
    #expect(end.answer(.down) == "")
    #expect(end.answer(.pageDown) == "")
    #expect(end.lines.contains { $0.contains("quit; asks first if the run would be lost") })
    #expect(end.answer(.home) == "help row 0")
  }

  @Test func theHelpOpensAtItsBeginning() {
    #expect(small.after(.pageDown, .escape).answer("?") == "help open")
    #expect(small.after("b", .escape, .escape).answer("?") == "help open")
  }

  @Test func lettersNarrowTheHelpDown() {
    let narrowed = small.after("g", "h", "o", "s")
    #expect(small.answer("q") == "search q")
    #expect(narrowed.answer("t") == "search ghost")
    #expect(small.after("g", "h", "o", "z").lines.contains { $0.contains("No key or command matches.") })
    #expect(narrowed.answer(.backspace) == "search gho")
    #expect(small.after(.down, .down).answer("b") == "help row 0 search b")
    let found = small.after("m", "o", "m", "e", "n", "t", "u", "m")
    #expect(found.lines.contains { $0.contains(":momentum VALUE") })
    #expect(!found.lines.contains { $0.contains(":lr VALUE") })
  }

  @Test func wordsAndSlashSearchEverythingThatIsSaid() {
    let slash = small.after("/", "b", "a", "c", "k", " ", "p", "h", "a", "s", "e")
    #expect(slash.lines.contains { $0.contains(":previous-phase") })
    #expect(!slash.lines.contains { $0.contains(":next-phase") })
    #expect(small.after("/", ".").lines.contains { $0.contains(":next-node ") })
  }

  @Test(arguments: [
    ("weight as image", ":images"), ("zoom curve", ":zoom-in"), ("theme", ":theme"), ("color", ":theme"),
    ("save picture", ":save"), ("screenshot", ":save"), ("rewind", ":previous-node"), ("exit", ":quit"),
  ])
  func whatACommandIsAlsoCalledIsFound(search: String, command: String) {
    let found = States.digits(.paused, Size(width: 120, height: 200)).after("?").on(.paste(search)).state
    #expect(found.lines.contains { $0.contains(command) }, "\(search)")
  }

  @Test func theTextOfALongCommandIsNotCut() {
    let lines = States.digits(.paused, Size(width: 80, height: 200)).after("?").lines
    #expect(lines.contains { $0.contains("choose which panes are shown and where") })
  }

  @Test func escapeShowsAllAgainAndThenCloses() {
    #expect(small.after("x").answer(.escape) == "search ")
    #expect(small.after("x", .escape).answer(.escape) == "nothing open")
    #expect(small.after("x", .backspace).answer(.escape) == "nothing open")
  }

  @Test func pastedTextNarrowsTheHelpDown() {
    #expect(small.answer(.paste("ghost\n")) == "search ghost")
  }

  @Test func whereAllOfTheHelpIsSeenItDoesNotScroll() {
    let large = States.digits(.paused, Size(width: 120, height: 200)).after("?")
    #expect(large.answer(.down) == "")
    #expect(!large.lines.contains { $0.contains("scroll") })
    #expect(small.lines.contains { $0.contains("↑ ↓ scroll") })
  }

  @Test func otherKeysCloseTheHelpAndAreHandled() {
    #expect(small.answer(".") == "nothing open → nextNode")
    #expect(small.answer(.tab) == "pane 2 nothing open")
    #expect(small.answer(":") == "nothing open line :")
  }

  @Test func keysWithoutMeaningLeaveTheHelpOpen() {
    #expect(small.answer(.insert) == "")
  }

  @Test func aPressOfTheMouseClosesTheHelp() {
    #expect(small.answer(.mouse(MouseEvent(x: 5, y: 5, kind: .press))) == "nothing open")
  }

  @Test func aScreenThatGrowsShowsTheHelpFromARowThatFillsIt() {
    let grown = small.after(.end).on(.resize(Size(width: 120, height: 200))).state
    #expect(grown.lines.contains { $0.contains("run, or pause after this step") })
  }

  @Test func everyEntryOfTheTableStandsInTheHelp() {
    let lines = States.digits(.paused, Size(width: 120, height: 200)).after("?").lines
    for name in CommandTable.standard.names {
      #expect(lines.contains { $0.contains(":\(name) ") }, "\(name)")
    }
  }
}
