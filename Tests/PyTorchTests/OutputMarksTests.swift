import PyTorch
import Testing

struct OutputMarksTests {
  private func pieces(_ texts: String...) -> [String] {
    var marks = OutputMarks(word: "w0rd")
    let pieces = texts.flatMap { marks.take($0.utf8) } + marks.end()
    return pieces.map { ($0.step.map { "\($0):" } ?? "") + String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func eachLineHasTheStepOfItsMark() {
    #expect(pieces("\u{1b}]w0rd;3\u{7}one\n\u{1b}]w0rd;12\u{7}two\n") == ["3:one\n", "12:two\n"])
  }

  @Test func aLineWithoutAMarkHasNone() {
    #expect(pieces("before\n\u{1b}]w0rd;3\u{7}one\nother\n") == ["before\n", "3:one\n", "other\n"])
  }

  @Test func aMarkMayComeInParts() {
    #expect(pieces("\u{1b}", "]w0", "rd;4", "2\u{7}on", "e\n") == ["42:on", "42:e\n"])
  }

  @Test func whatIsNoMarkIsTheScripts() {
    #expect(pieces("\u{1b}[31mred\u{1b}\u{1b}]w0rd;1\u{7}x") == ["\u{1b}[31mred\u{1b}", "1:x"])
    #expect(
      pieces("\u{1b}]0;title\u{7}\u{1b}]w0rd;\u{7}\u{1b}]w0") == [
        "\u{1b}]0;title\u{7}\u{1b}]w0rd;\u{7}", "\u{1b}]w0",
      ])
  }

  @Test func theLatestStepIsKnown() {
    var marks = OutputMarks(word: "w0rd")
    _ = marks.take("\u{1b}]w0rd;8\u{7}a\n\u{1b}]w0rd;5\u{7}b\n".utf8)
    #expect(marks.latest == 8)
  }
}
