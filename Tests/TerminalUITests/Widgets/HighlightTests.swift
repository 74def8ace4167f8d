import TerminalUI
import Testing

struct HighlightTests {
  @Test func chosenTextIsSeenOnItsColour() {
    var buffer = Buffer(size: Size(width: 3, height: 1))
    buffer.draw("a", x: 0, y: 0)
    buffer.draw("b", x: 1, y: 0, style: .foreground(.hex(0xff0000)))
    buffer.highlight(Rect(x: 0, y: 0, width: 2, height: 1), .hex(0x000080))
    #expect(
      buffer.cells.map(\.style) == [
        Style(foreground: .hex(0xffffff), background: .hex(0x000080), attributes: .bold),
        Style(foreground: .hex(0xff0000), background: .hex(0x000080), attributes: .bold), .plain,
      ])
    buffer.highlight(Rect(x: 2, y: 0, width: 9, height: 9), .hex(0xffff00))
    #expect(buffer[2, 0].style.foreground == .hex(0x000000))
  }
}
