import TerminalUI
import Testing

struct ControlTests {
  private func buffer() -> Buffer { Buffer(size: Size(width: 20, height: 3)) }

  @Test func aSpanIsClickedWhereItIsDrawn() {
    var buffer = buffer()
    let line = TextLine([Span("log "), Span("smooth", control: .command("smoothing"))])
    buffer.draw(line, x: 2, y: 1)
    #expect(buffer.control(atX: 5, y: 1) == nil)
    #expect(buffer.control(atX: 6, y: 1) == .command("smoothing"))
    #expect(buffer.control(atX: 11, y: 1) == .command("smoothing"))
    #expect(buffer.control(atX: 12, y: 1) == nil)
    #expect(buffer.control(atX: 6, y: 0) == nil)
  }

  @Test func whatIsCutIsNotClicked() {
    var buffer = buffer()
    buffer.draw(TextLine([Span("smooth", control: .key("S"))]), x: 0, y: 0, maxWidth: 4)
    #expect(buffer.control(atX: 2, y: 0) == .key("S"))
    #expect(buffer.control(atX: 4, y: 0) == nil)
    buffer.clipped(to: Rect(x: 10, y: 0, width: 2, height: 1)) {
      $0.add(.key("x"), Rect(x: 8, y: 0, width: 8, height: 1))
    }
    #expect(buffer.control(atX: 9, y: 0) == nil)
    #expect(buffer.control(atX: 11, y: 0) == .key("x"))
    #expect(buffer.control(atX: 12, y: 0) == nil)
  }

  @Test func theOneThatWasDrawnLastCounts() {
    var buffer = buffer()
    buffer.add(.key("a"), buffer.bounds)
    buffer.add(.key("b"), Rect(x: 3, y: 0, width: 2, height: 1))
    #expect(buffer.control(atX: 3, y: 0) == .key("b"))
    #expect(buffer.control(atX: 5, y: 0) == .key("a"))
  }

  @Test func aScaleGivesTheNumberUnderTheMouse() {
    var buffer = buffer()
    buffer.add(.command("goto"), Rect(x: 0, y: 0, width: 11, height: 1), steps: 1...101)
    #expect(buffer.control(atX: 0, y: 0) == .command("goto 1"))
    #expect(buffer.control(atX: 5, y: 0) == .command("goto 51"))
    #expect(buffer.control(atX: 10, y: 0) == .command("goto 101"))
    buffer.add(.command("goto"), Rect(x: 0, y: 1, width: 1, height: 1), steps: 7...7)
    #expect(buffer.control(atX: 0, y: 1) == .command("goto 7"))
  }

  @Test func hintsAreClickedWithTheirKeys() {
    let hints = KeyHints([
      .init("space", "run", press: " "), .init("q", "quit", press: "q"), .init("↑↓", "move"),
    ])
    let drawn = screen(hints, 40, 1)
    #expect(drawn.control(atX: 0, y: 0) == .key(" "))
    #expect(drawn.control(atX: 8, y: 0) == .key(" "))
    #expect(drawn.control(atX: 9, y: 0) == nil)
    #expect(drawn.control(atX: 11, y: 0) == .key("q"))
    #expect(drawn.control(atX: 19, y: 0) == nil)
  }

  @Test func framesKeepTheControlsOfTheirTitles() {
    let frame = Frame(
      title: TextLine([Span("Loss")]), trailing: TextLine([Span("log", control: .command("logarithm"))]))
    let drawn = screen(frame, 20, 3)
    #expect(drawn.control(atX: 15, y: 0) == .command("logarithm"))
    #expect(drawn.control(atX: 2, y: 0) == nil)
  }
}
