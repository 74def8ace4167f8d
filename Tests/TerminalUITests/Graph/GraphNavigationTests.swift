import TerminalUI
import Testing

/// The two-layer network: x 0, fc1 1…3, relu 4, fc2 5…7, targets 8, cross_entropy 9.
@Suite struct GraphNavigationTests {
  private let layout = GraphLayout(GraphSample.twoLayers.boxes)

  @Test(arguments: [
    (0, GraphDirection.down, 3), (3, .down, 4), (4, .down, 7), (7, .down, 9), (9, .up, 7), (3, .up, 0),
    (3, .left, 1), (9, .left, 8), (1, .right, 3), (2, .right, 3), (8, .right, 9),
  ])
  func arrowsFollowEdges(box: Int, direction: GraphDirection, next: Int) {
    #expect(layout.neighbour(of: box, direction) == next)
  }

  @Test func withoutAnEdgeTheNearestBoxIsChosen() {
    #expect(layout.neighbour(of: 1, .down) == 2)
    #expect(layout.neighbour(of: 2, .down) == 5)
    #expect(layout.neighbour(of: 5, .up) == 2)
    #expect(layout.neighbour(of: 4, .left) == 2)
  }

  @Test func atTheBorderThereIsNoNeighbour() {
    #expect(layout.neighbour(of: 0, .up) == nil)
    #expect(layout.neighbour(of: 9, .down) == nil)
    #expect(layout.neighbour(of: 1, .left) == nil)
    #expect(layout.neighbour(of: 99, .left) == nil)
  }

  @Test func everyBoxCanBeReached() {
    for seed in 0..<UInt64(20) {
      let layout = GraphLayout(GraphSample.random(seed: seed, count: 30, inputs: 2).boxes)
      var reached: Set<Int> = [0]
      var waiting = [0]
      while let box = waiting.popLast() {
        for next in GraphDirection.allCases.compactMap({ layout.neighbour(of: box, $0) })
        where reached.insert(next).inserted {
          waiting.append(next)
        }
      }
      #expect(reached.count == 30, "seed \(seed)")
    }
  }

  @Test func cellLeadsToItsBox() {
    for (box, frame) in layout.frames.enumerated() {
      #expect(layout.box(at: GraphPoint(x: frame.x, y: frame.y)) == box)
      #expect(layout.box(at: GraphPoint(x: frame.maxX - 1, y: frame.maxY - 1)) == box)
    }
    #expect(layout.box(at: GraphPoint(x: 0, y: 0)) == nil)
  }

  @Test func scrollingMovesNoFartherThanItMust() {
    let view = Size(width: 20, height: 4)
    let start = GraphPoint(x: 12, y: 1)
    #expect(layout.scroll(showing: 3, in: view, from: start) == start)
    #expect(layout.scroll(showing: 7, in: view, from: start) == GraphPoint(x: 12, y: 4))
    #expect(layout.scroll(showing: 1, in: view, from: start) == GraphPoint(x: 0, y: 1))
  }

  @Test func scrollingStaysWithinTheGraph() {
    let view = Size(width: 20, height: 4)
    #expect(layout.scroll(showing: 0, in: view, from: GraphPoint(x: 0, y: 0)).y == 0)
    #expect(layout.scroll(showing: 9, in: view, from: GraphPoint(x: 0, y: 0)).y == layout.size.height - 4)
    #expect(layout.clamped(GraphPoint(x: .max, y: .min), in: .zero) == GraphPoint(x: layout.size.width, y: 0))
    #expect(layout.scroll(showing: 5, in: .zero, from: GraphPoint(x: 0, y: 0)).y <= layout.size.height)
  }

  @Test func wideBoxShowsItsBeginning() {
    let layout = GraphLayout([GraphBox(width: 50)])
    #expect(layout.scroll(showing: 0, in: Size(width: 10, height: 3), from: GraphPoint(x: 20, y: 0)).x == 0)
  }
}
