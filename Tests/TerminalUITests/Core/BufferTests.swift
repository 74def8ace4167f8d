import TerminalUI
import Testing

struct BufferTests {
  @Test func drawingOutsideHasNoEffect() {
    var buffer = Buffer(size: Size(width: 4, height: 2))
    buffer.draw("abcdef", x: -2, y: 0)
    buffer.draw("xyz", x: 3, y: 1)
    buffer.draw("never", x: 0, y: 2)
    buffer[9, 9] = Cell("!")
    #expect(buffer.lines == ["cdef", "   x"])
    #expect(buffer[9, 9] == .blank)
  }

  @Test func aBufferWithoutCellsAcceptsEveryCall() {
    var buffer = Buffer(size: .zero)
    buffer.draw("a", x: 0, y: 0)
    buffer.fill(Rect(x: .min, y: .min, width: .max, height: .max), with: Cell("x"))
    #expect(buffer.lines.isEmpty)
    #expect(buffer.dump == "0×0\nstyles\nlegend\n")
  }

  @Test func textEndsAtItsMaximumWidth() {
    var buffer = Buffer(size: Size(width: 8, height: 1))
    #expect(buffer.draw("abcdef", x: 1, y: 0, maxWidth: 3) == 4)
    #expect(buffer.lines == [" abc"])
  }

  @Test func fillingIsClippedToTheBuffer() {
    var buffer = Buffer(size: Size(width: 3, height: 2))
    buffer.fill(Rect(x: 1, y: -5, width: 99, height: 6), with: Cell("#"))
    #expect(buffer.lines == [" ##", ""])
  }

  @Test func clippingHoldsInsideTheClosureOnly() {
    var buffer = Buffer(size: Size(width: 5, height: 1))
    buffer.clipped(to: Rect(x: 1, y: 0, width: 2, height: 1)) { $0.draw("abcde", x: 0, y: 0) }
    #expect(buffer.lines == [" bc"])
    buffer.draw("z", x: 4, y: 0)
    #expect(buffer.lines == [" bc z"])
  }

  @Test func restylingLeavesTheCharacters() {
    var buffer = Buffer(size: Size(width: 3, height: 1))
    buffer.draw("abc", x: 0, y: 0)
    buffer.restyle(Rect(x: 1, y: 0, width: 9, height: 9)) { $0.attributes.insert(.bold) }
    #expect(buffer.lines == ["abc"])
    #expect(buffer.cells.map(\.style) == [.plain, .bold, .bold])
  }

  @Test func charactersNotOneColumnWideAreReplaced() {
    var buffer = Buffer(size: Size(width: 6, height: 1))
    buffer.draw("a\u{1b}漢🎉é\u{200b}", x: 0, y: 0)
    #expect(buffer.lines == ["a���é�"])
  }

  @Test func whereThereIsOnlyASCIIEveryCharacterBecomesASCII() {
    var buffer = Buffer(size: Size(width: 20, height: 1), capabilities: asciiOnly)
    buffer.draw("−1×2→3 ‖∇‖ ▀ ä 字", x: 0, y: 0)
    #expect(buffer.lines == ["-1x2>3 |V| # a ?"])
  }

  @Test func aCellIsSixteenBytes() {
    #expect(MemoryLayout<Cell>.stride == 16)
  }
}
