import PyTorch
import Testing
import Trace

struct OutputLinesTests {
  private func texts(_ pieces: String...) -> [OutputLine] {
    var reading = OutputLines(.output)
    var lines: [OutputLine] = []
    for piece in pieces {
      for line in reading.add(piece.utf8, step: 3) { lines.add(line) }
    }
    return lines
  }

  @Test func aLineIsCompleteAtItsEnd() {
    #expect(texts("one\ntw", "o\n").map(\.text) == ["one", "two"])
  }

  @Test func aProgressBarIsOneLine() {
    #expect(texts("\r 10%", "\r 20%", "\r100%\ndone\n").map(\.text) == ["100%", "done"])
  }

  @Test func aCarriageReturnBeforeTheEndKeepsTheLine() {
    #expect(texts("one\r\ntwo\r\n").map(\.text) == ["one", "two"])
  }

  @Test func coloursAndTitlesAreLeftOut() {
    #expect(texts("\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7} \u{1}end\n").map(\.text) == ["red end"])
  }

  @Test func aTabBecomesSpaces() {
    #expect(texts("a\tb\n").map(\.text) == ["a       b"])
  }

  @Test func aLongLineIsCut() {
    #expect(texts(String(repeating: "x", count: 100_000) + "\n").map(\.text.count) == [4_096])
  }

  @Test func aLineKnowsItsStep() {
    #expect(texts("one\n").map(\.step) == [3])
  }
}
