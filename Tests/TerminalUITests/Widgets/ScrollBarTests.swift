import TerminalUI
import Testing

struct ScrollBarTests {
  @Test func theThumbIsWhereTheViewIs() {
    func bar(_ visible: Range<Int>) -> String {
      lines(ScrollBar(total: 100, visible: visible), 1, 5).joined()
    }
    #expect(bar(0..<20) == "┃││││")
    #expect(bar(40..<60) == "││┃││")
    #expect(bar(80..<100) == "││││┃")
  }

  @Test func nothingIsDrawnWhereAllIsInView() {
    #expect(lines(ScrollBar(total: 3, visible: 0..<3), 1, 2) == ["", ""])
  }

  @Test func aScrollBarStaysInItsArea() { #expect(staysInside(ScrollBar(total: 9, visible: 2..<4))) }
}
