import TerminalUI
import Testing

struct TextLineTests {
  private let line = TextLine([Span("loss ", .dim), Span("0.2143", .bold)])

  @Test func aLineTooLongEndsInAnEllipsis() {
    #expect(lines(line, 11, 1) == ["loss 0.2143"])
    #expect(lines(line, 8, 1) == ["loss 0.…"])
    #expect(lines(line, 8, 1, asciiOnly) == ["loss 0.~"])
    #expect(lines(line, 1, 1) == ["…"])
    #expect(lines(line, 0, 1) == [""])
  }

  @Test func everySpanKeepsItsStyle() {
    let styles = screen(line, 12, 1).cells.map(\.style)
    #expect(styles == Array(repeating: .dim, count: 5) + Array(repeating: .bold, count: 6) + [.plain])
  }

  @Test func alignmentPlacesALineInAWiderArea() {
    func drawn(_ alignment: TextLine.Alignment) -> [String] {
      var buffer = Buffer(size: Size(width: 7, height: 1))
      TextLine("abc").draw(into: &buffer, area: buffer.bounds, alignment: alignment)
      return buffer.lines
    }
    #expect(drawn(.left) == ["abc"])
    #expect(drawn(.center) == ["  abc"])
    #expect(drawn(.right) == ["    abc"])
  }

  @Test func aLineStaysInItsArea() { #expect(staysInside(line)) }
}
