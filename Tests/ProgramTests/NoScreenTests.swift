import TestSupport
import Testing

/// In a terminal, but without a screen.
@Suite(.serialized) struct NoScreenTests {
  private func run(_ command: String, waitingFor text: String) throws -> [String] {
    let screen = try TmuxScreen(columns: 120, rows: 30)
    defer { screen.close() }
    try screen.enter(command)
    return try screen.wait(forText: text)
  }

  @Test func aPipeInATerminalGetsPlainLines() throws {
    let rows = try run("$tapedeck train --epochs 1 | cat -v", waitingFor: "done: 1 epoch, 24 steps")
    #expect(rows.contains { $0.hasPrefix("epoch 1/1  step 24  loss ") })
    #expect(!rows.contains { $0.contains("^[") })
  }

  @Test func headlessInATerminalPrintsLines() throws {
    let rows = try run("$tapedeck train --epochs 1 --headless", waitingFor: "done: 1 epoch, 24 steps")
    #expect(!rows.contains { $0.contains("TAPEDECK") })
  }

  @Test(arguments: [
    ("dumb", #"tapedeck: A terminal of the kind "dumb" cannot show a screen."#),
    ("nonsense", #"tapedeck: There is no description of a terminal of the kind "nonsense" on this machine."#),
    ("", "tapedeck: The environment variable TERM is empty, so the kind of terminal is not known."),
  ])
  func aTerminalThatCannotShowAScreenIsRefused(name: String, sentence: String) throws {
    let rows = try run("TERM=\(name) $tapedeck; echo code $?", waitingFor: "code 2")
    #expect(rows.contains { $0.hasPrefix(sentence) })
  }
}
