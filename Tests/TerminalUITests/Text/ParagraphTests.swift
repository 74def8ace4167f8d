import TerminalUI
import Testing

struct ParagraphTests {
  @Test func linesBreakBetweenWords() {
    #expect(
      lines(Paragraph(["the quick brown fox jumps", "", "x"]), 10, 5) == [
        "the quick", "brown fox", "jumps", "", "x",
      ])
  }

  @Test func aWordLongerThanTheWidthIsBrokenInside() {
    #expect(lines(Paragraph(["abcdefgh ij"]), 3, 4) == ["abc", "def", "gh", "ij"])
  }

  @Test func brokenLinesKeepTheirStyles() {
    let rows = Paragraph([TextLine([Span("ab ", .bold), Span("cd", .dim)])]).rows(width: 3)
    #expect(rows == [TextLine("ab", .bold), TextLine("cd", .dim)])
  }

  @Test func rowsScrolledOutAreNotDrawn() {
    #expect(lines(Paragraph(["a", "b", "c"], firstRow: 1), 3, 3) == ["b", "c", ""])
    #expect(lines(Paragraph(["a", "b", "c"], firstRow: 9), 3, 2) == ["", ""])
  }

  @Test func unwrappedLinesAreCut() {
    #expect(lines(Paragraph(["abcdef"], wraps: false), 4, 1) == ["abc…"])
  }

  @Test func aParagraphStaysInItsArea() { #expect(staysInside(Paragraph(["some words to break", "more"]))) }
}
