import DebuggerUI
import TerminalUI
import Testing
import Trace

/// A run that can do nothing but show moments.
struct CapabilityTests {
  private static let reason = "This program is only watched."

  private let state: DebuggerState = {
    var news = RunUpdate()
    news.capabilities = .none(because: reason)
    return States.digits(.paused).on(news, seconds: 11).state
  }()

  @Test(arguments: [",", "p", "w", "G", "R"] as [Press])
  func aKeyThatTheRunCannotFollowSaysWhyAndSendsNothing(key: Press) {
    #expect(state.answer(key) == "'\(Self.reason)'")
  }

  @Test func theKeyOfABreakpointThatCannotBeSearchedForSaysWhy() {
    #expect(state.after("b", "7").answer("u") == "'\(Self.reason)'")
  }

  @Test(arguments: [
    "lr 0.1", "momentum 0.5", "zero-grad off", "set fc1.weight[3,4] 0", "why fc1.relu",
    "check fc1.weight[3,4]",
    "record a.tapedeck", "previous-node", "epochs", "epochs +10", "overfit", "lr-find 100", "grad-check",
  ])
  func aCommandThatTheRunCannotFollowSaysWhyAndSendsNothing(line: String) {
    #expect(state.entering(line) == "no line '\(Self.reason)'")
  }

  @Test func whatEveryRunCanDoIsStillDone() {
    #expect(state.answer(".") == "→ nextNode")
    #expect(state.answer("<") == "→ previousStep")
    #expect(state.answer("B") == "line :break ")
    #expect(state.entering("goto 30") == "no line → go to 30 batch 0")
  }

  @Test func keysThatDoNothingAreDimInTheFooterAndTheHelp() {
    #expect(isDim(", back", in: state) == true)
    #expect(isDim(". node", in: state) == false)
    #expect(isDim(", back", in: States.digits(.paused)) == false)
    let help = state.after("?", "g", "r", "a", "d")
    #expect(isDim("G          :check", in: help) == true)
    #expect(isDim("v          :view", in: help) == false)
  }

  @Test func theHelpMarksWhatTheRunCannotDoAndASearchSaysWhy() {
    let help = state.after("?")
    #expect(help.lines.contains { $0.contains(" — not in this run") })
    #expect(!help.lines.contains { $0.contains("watched.") })
    let found = help.after("o", "v", "e", "r", "f", "i", "t")
    #expect(found.lines.contains { $0.contains("watched.") })
    #expect(!States.digits(.paused).after("?").lines.contains { $0.contains("not in this run") })
  }

  @Test func theCommandLineMarksItToo() {
    let line = state.after(":", "l", "r", "-")
    #expect(line.lines.contains { $0.contains(":lr-find [STEPS]  not in this run  train a copy") })
  }

  @Test func aReasonThatIsLongerThanTheScreenTakesMoreRows() {
    var news = RunUpdate()
    news.capabilities = RunCapabilities(missing: [
      .record:
        "This is a recording already; to add to it, resume its run with tapedeck train --resume FILE."
    ])
    let lines = States.digits(.paused, States.small).on(news, seconds: 11).state.after("R").lines
    #expect(lines[22].hasPrefix(" This is a recording already;"))
    #expect(lines[23].hasSuffix("--resume FILE."))
  }

  @Test func aCapabilityThatIsFoundLaterIsUsed() {
    var news = RunUpdate()
    news.capabilities = .all
    #expect(state.on(news, seconds: 12).state.answer(",") == "→ previousNode")
  }

  /// Whether a text on the screen is dim; nil where it is not there.
  private func isDim(_ text: String, in state: DebuggerState) -> Bool? {
    let screen = state.screen()
    for (y, line) in screen.lines.enumerated() {
      guard let range = line.range(of: text) else { continue }
      let x = line.distance(from: line.startIndex, to: range.lowerBound)
      return screen[x, y].style.attributes.contains(.dim)
    }
    return nil
  }
}
