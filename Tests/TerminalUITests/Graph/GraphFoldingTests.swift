import TerminalUI
import Testing

@Suite struct GraphFoldingTests {
  @Test func foldedModulesBecomeOneBoxEach() {
    let sample = GraphSample.twoLayers
    let folding = GraphFolding(sample.boxes, folded: ["fc1", "fc2"]) { name, _ in name.count }
    #expect(
      folding.contents == [
        .box(0), .group("fc1", members: [1, 2, 3]), .box(4), .group("fc2", members: [5, 6, 7]), .box(8),
        .box(9),
      ])
    #expect(folding.boxes.map(\.inputs) == [[], [0], [1], [2], [], [3, 4]])
    #expect(folding.place == [0, 1, 1, 1, 2, 3, 3, 3, 4, 5])
    #expect(folding.boxes[1].width == 3)
  }

  @Test func foldedGraphIsDrawnWithItsModules() {
    let sample = GraphSample.twoLayers
    let folding = GraphFolding(sample.boxes, folded: ["fc1"]) { name, members in
      "\(name) (\(members.count))".count
    }
    var folded = GraphSample()
    folded.boxes = folding.boxes
    folded.nodes = folding.contents.map { content in
      switch content {
      case .box(let box): sample.nodes[box]
      case .group(let name, let members): GraphNode([GraphLabel(TextLine("\(name) (\(members.count))"))])
      }
    }
    #expect(
      folded.lines() == [
        "                 · x",
        "                 │",
        "                 · fc1 (3)",
        "                 │",
        "                 · relu",
        "                 │",
        " · fc2.weight ─┬─· fc2.linear",
        " · fc2.bias ───╯ │",
        " · targets ──────· cross_entropy",
      ])
  }

  @Test func nothingFoldedIsTheGraphItself() {
    let boxes = GraphSample.twoLayers.boxes
    let folding = GraphFolding(boxes, folded: ["fc3"]) { _, _ in 0 }
    #expect(folding.boxes == boxes)
    #expect(folding.place == Array(boxes.indices))
  }

  @Test func outermostFoldedModuleCounts() {
    let boxes = [
      GraphBox(width: 1, group: "a.b"), GraphBox(width: 1, inputs: [0], group: "a.c"),
      GraphBox(width: 1, inputs: [1], group: "ab"),
    ]
    #expect(
      GraphFolding(boxes, folded: ["a", "a.b"]) { _, _ in 1 }.contents == [
        .group("a", members: [0, 1]), .box(2),
      ])
    let inner = GraphFolding(boxes, folded: ["a.b"]) { _, _ in 1 }
    #expect(inner.contents == [.group("a.b", members: [0]), .box(1), .box(2)])
    #expect(inner.boxes[0].group == "a")
  }

  @Test func moduleThatIsLeftAndEnteredAgainHasABoxForEachStay() {
    // m → outside → m: one box for both would feed itself.
    let boxes = [
      GraphBox(width: 1, group: "m"), GraphBox(width: 1, inputs: [0]),
      GraphBox(width: 1, inputs: [1], group: "m"),
    ]
    let folding = GraphFolding(boxes, folded: ["m"]) { _, _ in 1 }
    #expect(folding.contents == [.group("m", members: [0]), .box(1), .group("m", members: [2])])
    #expect(folding.boxes.map(\.inputs) == [[], [0], [1]])
  }

  @Test func inputsThatNameNoBoxAreDropped() {
    let boxes = [GraphBox(width: 1, inputs: [5, -2], group: "m"), GraphBox(width: 1, inputs: [0, 9])]
    #expect(GraphFolding(boxes, folded: ["m"]) { _, _ in 1 }.boxes.map(\.inputs) == [[], [0]])
  }
}
