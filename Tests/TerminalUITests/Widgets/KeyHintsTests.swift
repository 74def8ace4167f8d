import TerminalUI
import Testing

struct KeyHintsTests {
  private let hints = KeyHints([.init("space", "run"), .init(".", "node"), .init("q", "quit")])

  @Test func theLeastImportantHintsAreLeftOut() {
    #expect(lines(hints, 26, 1) == ["space run  . node  q quit"])
    #expect(lines(hints, 25, 1) == ["space run  . node  q quit"])
    #expect(lines(hints, 24, 1) == ["space run  . node"])
    #expect(lines(hints, 9, 1) == ["space run"])
    #expect(lines(hints, 8, 1) == [""])
  }

  @Test func hintsStayInTheirArea() { #expect(staysInside(hints)) }
}
