import DebuggerUI
import TerminalUI
import Testing
import Trace

struct FindTests {
  private let state = States.digits(.paused)

  private func typed(_ text: String, in state: DebuggerState) -> DebuggerState {
    text.reduce(state.after("/")) { $0.after(.character($1)) }
  }

  /// The lower border of the graph pane, where the line stands.
  private func line(_ state: DebuggerState) -> String {
    String(state.lines.first { $0.hasPrefix("╰") }?.prefix(54) ?? "")
  }

  @Test func typingNarrowsAndGoesToTheFirstNodeFound() {
    #expect(state.answer("/") == "find ")
    #expect(typed("f", in: state).answer("c") == "find fc")
    #expect(typed("f", in: state).focus.node == "fc1.weight")
    #expect(typed("fc2", in: state).focus.node == "fc2.weight")
    #expect(typed("FC2.B", in: state).focus.node == "fc2.bias")
    #expect(line(typed("fc2", in: state)).contains("/fc2▏  1 of 3"))
  }

  @Test func whileTypingTheHintsAreThoseOfTheLine() {
    let hints = " ↓ next  ↑ previous  enter keep  esc back"
    #expect(typed("fc2", in: state).lines.last?.hasPrefix(hints) == true)
    #expect(typed("fc2", in: state).after(.enter).lines.last?.hasPrefix(" space run/pause") == true)
  }

  @Test func theLineOpensInTheGraphPane() {
    #expect(state.after("4").answer("/") == "pane 1 find ")
  }

  @Test func whatIsNotFoundLeavesTheChoiceAndIsSaid() {
    let none = typed("zzz", in: state)
    #expect(none.focus == state.focus)
    #expect(line(none).contains("no such node"))
    #expect(none.answer(.down) == "")
  }

  @Test func escapeRestoresTheChoiceFromBefore() {
    let chosen = state.after(.up)
    #expect(typed("x", in: chosen).focus.node == "x")
    #expect(typed("x", in: chosen).answer(.escape) == "choice fc1.relu no find → focus fc1.relu")
    #expect(typed("", in: chosen).answer(.backspace) == "no find")
    #expect(typed("yz", in: chosen).answer(.backspace) == "find y")
  }

  @Test func enterKeepsTheChoiceAndEscapeThenEndsTheSearch() {
    let kept = typed("fc2", in: state).after(.enter)
    #expect(kept.focus.node == "fc2.weight")
    #expect(line(kept).contains("/fc2  1 of 3  N next"))
    #expect(kept.answer(.escape) == "no find")
    #expect(kept.after(.escape).focus.node == "fc2.weight")
    #expect(typed("", in: state).answer(.enter) == "no find")
  }

  @Test func theNextMatchesGoRound() {
    let kept = typed("fc2", in: state).after(.enter)
    #expect(kept.after("N").focus.node == "fc2.bias")
    #expect(kept.after("N", "N").focus.node == "fc2.linear")
    #expect(kept.after("N", "N", "N").focus.node == "fc2.weight")
    #expect(kept.after(.up, .right, "N").focus.node == "fc2.weight")
    #expect(state.answer("N") == "")
  }

  @Test func arrowsGoAmongTheMatchesWhileTyping() {
    let open = typed("fc1", in: state)
    #expect(open.after(.down).focus.node == "fc1.bias")
    #expect(open.after(.up).focus.node == "fc1.relu")
    #expect(open.after(.tab, .backTab).focus.node == "fc1.weight")
  }

  @Test func keysWithAMeaningAreLettersWhileTyping() {
    #expect(typed("", in: state).answer("q") == "find q")
    #expect(typed("", in: state).answer(" ") == "find  ")
    #expect(typed("", in: state).answer(.home) == "")
  }

  @Test func theNameFoundIsMarkedWhereverItStands() throws {
    let buffer = typed("line", in: state).screen()
    let marked = buffer.cells.filter { $0.style.background == Accents.warning }
    #expect(marked.map { String($0.scalar) }.joined().contains("line"))
    let folded = typed("bias", in: state.after("O"))
    #expect(folded.lines.contains { $0.contains("fc1 ▸ 4 nodes") })
    #expect(folded.focus.node == "fc1.bias")
  }

  @Test(arguments: States.Status.allCases)
  func theLineOpensInEveryStatus(status: States.Status) {
    let open = States.digits(status).after("/", "x")
    #expect(open.graph.find?.text == "x")
    #expect(open.after(.escape).graph.find == nil)
  }
}
