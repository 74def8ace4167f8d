import TerminalUI
import Testing

struct GraphOverviewTests {
  /// Boxes one below the other, with a line between each two.
  private let layout = GraphLayout(
    (0..<20).map { GraphBox(width: 8, lines: 1, inputs: $0 == 0 ? [] : [$0 - 1]) })

  private func overview(y: Int, chosen: Int? = nil) -> GraphOverview {
    GraphOverview(layout: layout, view: Rect(x: 0, y: y, width: 12, height: 10), chosen: chosen)
  }

  @Test func whatIsInViewIsMarked() {
    let top = screen(overview(y: 0), 8, 12, .full)
    #expect(top[1, 1].style.background == Accents.selection)
    #expect(top[1, 10].style.background == .default)
    let bottom = screen(overview(y: layout.size.height - 10), 8, 12, .full)
    #expect(bottom[1, 1].style.background == .default)
    #expect(bottom[1, 10].style.background == Accents.selection)
  }

  @Test func theChosenBoxHasAColorOfItsOwn() {
    let buffer = screen(overview(y: 0, chosen: 19), 8, 12, .full)
    #expect(buffer[1, 10].style.foreground == Accents.warning)
  }

  @Test func aPressOnItMeansThePlaceThere() throws {
    let area = Rect(x: 10, y: 5, width: 8, height: 12)
    let top = try #require(overview(y: 0).point(atX: 11, y: 6, area: area))
    let bottom = try #require(overview(y: 0).point(atX: 16, y: 15, area: area))
    #expect(top.y < 4 && bottom.y > layout.size.height - 4)
    #expect(overview(y: 0).point(atX: 9, y: 6, area: area) == nil)
  }

  @Test func itStaysInsideItsArea() {
    #expect(staysInside(overview(y: 0, chosen: 3)))
    #expect(staysInside(GraphOverview(layout: GraphLayout([]), view: Rect(x: 0, y: 0, width: 0, height: 0))))
  }
}
