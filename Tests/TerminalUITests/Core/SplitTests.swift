import TerminalUI
import Testing

struct SplitTests {
  private let rect = Rect(x: 2, y: 1, width: 10, height: 10)

  @Test func fixedRowsAreServedFirstAndTheRestIsShared() {
    let rows = rect.splitRows([.fixed(3), .fill(1), .fill(2)])
    #expect(rows.map(\.y) == [1, 4, 6])
    #expect(rows.map(\.height) == [3, 2, 5])
    #expect(rows.allSatisfy { $0.x == 2 && $0.width == 10 })
  }

  @Test func sharesAddUpToTheWhole() {
    for width in 0...40 {
      let parts = Rect(x: 0, y: 0, width: width, height: 1).splitColumns([
        .fill(1), .fill(1), .fixed(4), .fill(3),
      ])
      #expect(parts.map(\.width).reduce(0, +) == width)
    }
  }

  @Test func partsThatDoNotFitAreCutThenEmpty() {
    #expect(rect.splitColumns([.fixed(8), .fixed(8), .fill(1), .fixed(1)]).map(\.width) == [8, 2, 0, 0])
  }

  @Test func oddLengthsAreHarmless() {
    #expect(rect.splitRows([]).isEmpty)
    #expect(rect.splitRows([.fixed(-3), .fill(0), .fill(-1)]).map(\.height) == [0, 0, 0])
  }
}
