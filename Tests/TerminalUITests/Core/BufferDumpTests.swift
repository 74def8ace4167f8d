import TerminalUI
import Testing

struct BufferDumpTests {
  @Test func aDumpHasTextThenRunsOfStylesThenTheLegend() {
    var buffer = Buffer(size: Size(width: 6, height: 3))
    buffer.draw("ab", x: 0, y: 0, style: Style(foreground: .hex(0xff0005), attributes: [.bold, .underline]))
    buffer.draw("cd", x: 2, y: 2, style: .plain.background(.hex(0x102030)))
    #expect(
      buffer.dump == """
        6×3
        |ab
        |
        |  cd
        styles
        0: a×2 .×4
        2: .×2 b×2 .×2
        legend
        a = #ff0005 bold underline
        b = on #102030

        """)
  }

  @Test func stylesBeyondTheAlphabetHaveTwoLetters() {
    var buffer = Buffer(size: Size(width: 28, height: 1))
    for x in 0..<28 { buffer[x, 0] = Cell("x", style: .foreground(.rgb(UInt8(x), 0, 0))) }
    #expect(buffer.dump.contains("z×1 aa×1 ab×1"))
  }
}
