import NCursesTerminal
import Testing

struct ColorMarksTests {
  @Test(arguments: [
    ("\u{1b}[38;9;66051mx", "\u{1b}[38;2;1;2;3mx"), ("\u{1b}[48;9;16777215m", "\u{1b}[48;2;255;255;255m"),
    ("\u{1b}[38;9;16m", "\u{1b}[38;2;0;0;16m"),
  ])
  func aMarkBecomesRedGreenAndBlue(_ mark: String, _ sequence: String) {
    #expect(text(of: mark) == sequence)
  }

  @Test(arguments: [
    ("\u{1b}[38;9;0m", "\u{1b}[30m"), ("\u{1b}[48;9;7m", "\u{1b}[47m"), ("\u{1b}[38;9;8m", "\u{1b}[90m"),
    ("\u{1b}[48;9;15m", "\u{1b}[107m"),
  ])
  func theTerminalsOwnColorsKeepTheirSequences(_ mark: String, _ sequence: String) {
    #expect(text(of: mark) == sequence)
  }

  @Test func marksThatFollowEachOtherBecomeOneSequence() {
    #expect(text(of: "\u{1b}[38;9;66051m\u{1b}[48;9;2m▀") == "\u{1b}[38;2;1;2;3;42m▀")
  }

  @Test(arguments: [
    "", "ä\u{1b}", "\u{1b}[38;9", "\u{1b}[1;1H\u{1b}[39;49m", "\u{1b}[38;2;9;9;9m", "38;9;3m",
  ])
  func everythingElseStaysAsItIs(_ output: String) {
    #expect(text(of: output) == output)
  }

  private func text(of output: String) -> String {
    String(decoding: ColorMarks.replaced(in: Array(output.utf8)), as: UTF8.self)
  }
}
