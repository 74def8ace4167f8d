import NCursesTerminal
import Testing

struct ColorMarksTests {
  /// The pairs of these tests, from 1.
  private static let pairs: [ColorMarks.Pair] = [
    (0x01_0203, 0xff_ffff), (0x01_0203, 16), (-1, 7), (8, -1), (15, 0),
  ]

  @Test(arguments: [
    (1, "38;2;1;2;3;48;2;255;255;255"), (2, "38;2;1;2;3;48;2;0;0;16"), (3, "39;47"), (4, "90;49"),
    (5, "97;40"),
  ])
  func aMarkBecomesTheColorsOfItsPair(_ pair: Int, _ parameters: String) {
    #expect(text(of: "a\(mark(pair))▀") == "a\u{1b}[\(parameters)m▀")
  }

  @Test func onlyWhatChangesIsSent() {
    #expect(
      text(of: "\(mark(1))a\(mark(2))b\(mark(2))c")
        == "\u{1b}[38;2;1;2;3;48;2;255;255;255ma\u{1b}[48;2;0;0;16mbc")
  }

  @Test func afterAnotherSequenceOfAttributesBothColorsAreSent() {
    #expect(text(of: "\(mark(3))a\u{1b}[0;1m\(mark(3))") == "\u{1b}[39;47ma\u{1b}[0;1m\u{1b}[39;47m")
    #expect(text(of: "\(mark(3))a\u{1b}[3;4H\(mark(3))b") == "\u{1b}[39;47ma\u{1b}[3;4Hb")
  }

  @Test(arguments: [
    "", "ä\u{1b}", "\u{1b}[38;9", "\u{1b}[1;1H\u{1b}[39;49m", "\u{1b}[38;2;9;9;9m", "38;9;3m",
  ])
  func everythingElseStaysAsItIs(_ output: String) {
    #expect(text(of: output) == output)
  }

  private func mark(_ pair: Int) -> String { "\u{1b}[38;9;\(pair)m" }

  private func text(of output: String) -> String {
    let bytes = ColorMarks.replaced(in: Array(output.utf8)) { ColorMarksTests.pairs[Int($0) - 1] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
