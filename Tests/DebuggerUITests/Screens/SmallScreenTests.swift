import DebuggerUI
import TerminalUI
import Testing

/// Screens at the smallest size and below it.
struct SmallScreenTests {
  @Test func theScreenOf60By16() throws {
    let state = States.digits(.paused, Size(width: 60, height: 16))
    try GoldenScreen.expect(state.screen(), "backward-60x16")
  }

  @Test(arguments: [Size(width: 59, height: 40), Size(width: 120, height: 15), Size(width: 40, height: 10)])
  func aScreenBelowTheSmallestSaysItsSizeAndTheSizeItNeeds(size: Size) {
    let lines = States.digits(.paused, size).lines
    #expect(
      lines.prefix(3) == [
        "This terminal is \(size.width)×\(size.height).", "Tapedeck needs 60×16 or more.",
        "Enlarge it, or press q to quit.",
      ])
  }

  @Test func aTinyScreenWrapsTheSentence() throws {
    try GoldenScreen.expect(States.digits(.paused, Size(width: 20, height: 6)).screen(), "tiny-20x6")
  }

  @Test func aScreenOfNoCellsIsDrawnInto() {
    for (width, height) in [(0, 0), (0, 24), (80, 0), (1, 1)] {
      for status in States.Status.allCases {
        #expect(States.digits(status, Size(width: width, height: height)).lines.count == height)
      }
    }
  }

  @Test func theQuitQuestionIsAskedOnATooSmallScreenToo() {
    let lines = States.digits(.running, Size(width: 40, height: 10)).after("q").lines
    #expect(lines[2] == "Training is running. Quit and lose the")
    #expect(lines[3] == "run? q again quits, esc stays.")
  }
}

/// What panes say where they have nothing to show.
struct EmptyPaneTests {
  @Test func sentencesAreContinuedInTheNextRow() {
    let lines = States.digits(.paused, DigitsRun.moment(.batch, 0), States.small).lines
    #expect(lines.contains { $0.hasSuffix("│no gradients before backward has│") })
    #expect(lines.contains { $0.hasSuffix("│run                             │") })
  }
}
