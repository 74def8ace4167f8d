import TestSupport
import Testing

/// The window, and what lies over the panes.
@Suite(.serialized) struct WindowTests {
  @Test func aResizeDrawsTheScreenAnew() throws {
    try Deck.open("--paused") { deck in
      try deck.press(".", ".")
      try deck.wait(at: TransportTests.step[2])
      try deck.screen.resize(columns: 80, rows: 24)
      let rows = try deck.wait(rows: 24)
      #expect(Deck.place(rows) == TransportTests.step[2])
      try deck.screen.resize(columns: 120, rows: 40)
      try deck.wait(rows: 40)
      try deck.press(".")
      try deck.wait(at: TransportTests.step[3])
    }
  }

  @Test func aWindowTooSmallSaysTheSizeItNeedsAndRecovers() throws {
    try Deck.open("--paused") { deck in
      try deck.wait(at: TransportTests.step[0])
      try deck.screen.resize(columns: 40, rows: 10)
      let rows = try deck.screen.wait(forText: "Tapedeck needs 60×16 or more.")
      #expect(rows[0] == "This terminal is 40×10.")
      try deck.screen.resize(columns: 60, rows: 16)
      try deck.screen.wait(for: "the panes") { $0[0].contains("TAPEDECK") && Deck.place($0) != nil }
    }
  }

  @Test func helpOpensAndCloses() throws {
    try Deck.open("--paused") { deck in
      try deck.press("?")
      try deck.screen.wait(forText: "run, or pause after this step")
      try deck.press("Escape")
      try deck.screen.wait(for: "the help to close") { !$0.contains { $0.contains("esc closes") } }
    }
  }

  @Test func aRunThatPlaysAsksBeforeItQuits() throws {
    try Deck.open("--pace 1") { deck in
      try deck.wait(status: "▶ RUN")
      try deck.press("q")
      try deck.screen.wait(forText: "Training is running. Quit and lose the run?")
      try deck.press("Escape")
      try deck.screen.wait(for: "the question to close") { !$0.contains { $0.contains("Quit and lose") } }
      try deck.press("q")
      try deck.screen.wait(forText: "Training is running. Quit and lose the run?")
      try deck.press("q")
      try deck.screen.wait(for: "the shell") { $0.contains { $0.hasPrefix("ready>") } }
    }
  }

  @Test func asciiIsAllThatIsDrawnWhereItIsAskedFor() throws {
    try Deck.open("--paused --ascii") { deck in
      let rows = try deck.screen.wait(for: "the value of x") { Deck.place($0)?.hasSuffix("x value") == true }
      #expect(rows.allSatisfy { $0.allSatisfy(\.isASCII) })
    }
  }
}
