import TerminalUI
import Testing

@Suite struct GraphLayoutTests {
  @Test func emptyGraphHasNoSize() {
    let layout = GraphLayout([])
    #expect(layout.size == .zero)
    #expect(layout.frames.isEmpty)
    #expect(layout.routes.isEmpty)
  }

  @Test func frameHoldsTheLabelAndItsMarks() {
    let layout = GraphLayout([GraphBox(width: 5, lines: 2)])
    #expect(layout.frames == [Rect(x: 0, y: 0, width: 9, height: 2)])
    #expect(layout.size == Size(width: 9, height: 2))
  }

  @Test func mainLineStandsInOneColumnAndParametersBeside() {
    let layout = GraphLayout(GraphSample.twoLayers.boxes)
    let main = [0, 3, 4, 7, 9].map { layout.frames[$0] }
    #expect(Set(main.map(\.x)).count == 1)
    #expect(main.map(\.y) == [0, 2, 4, 6, 8])
    let beside = [1, 2, 5, 6, 8].map { layout.frames[$0] }
    #expect(Set(beside.map(\.x)) == [0])
    #expect(beside.map(\.y) == [2, 3, 6, 7, 8])
  }

  @Test func twoLayersFitFortyColumnsAndSixteenRows() {
    let size = GraphLayout(GraphSample.twoLayers.boxes).size
    #expect(size.width <= 40)
    #expect(size.height <= 16)
  }

  @Test func inputsThatNameNoBoxOrTheBoxItselfAreLeftOut() {
    let layout = GraphLayout([GraphBox(width: 1, inputs: [-1, 0, 7])])
    #expect(layout.routes.isEmpty)
  }

  @Test func sameInputTwiceHasTwoRoutesAlongOneLine() {
    let layout = GraphLayout([
      GraphBox(width: 1), GraphBox(width: 1, inputs: [0]), GraphBox(width: 6, inputs: [1, 1]),
    ])
    #expect(layout.routes.count == 3)
    #expect(layout.routes[1] == layout.routes[2])
  }

  @Test func cycleIsLaidOutWithOneEdgeUpwards() {
    let layout = GraphLayout([
      GraphBox(width: 1, inputs: [2]), GraphBox(width: 1, inputs: [0]), GraphBox(width: 1, inputs: [1]),
    ])
    let rows = layout.frames.map(\.y)
    #expect(rows[0] < rows[1] && rows[1] < rows[2])
    let back = layout.routes[0]
    #expect(back.points.first?.y == rows[2])
    #expect(back.points.last?.y == rows[0])
    #expect(layout.violations == [])
  }

  @Test func disconnectedBoxesFlowIntoRowsOfEightyColumns() {
    let layout = GraphLayout((0..<20).map { _ in GraphBox(width: 11) })
    #expect(layout.size.width <= 80)
    #expect(layout.size.height == 4)
    #expect(layout.violations == [])
  }

  @Test func separatePartsStandSideBySide() {
    var sample = GraphSample()
    sample.add("b", [sample.add("a")])
    sample.add("d", [sample.add("c")])
    let layout = GraphLayout(sample.boxes)
    #expect(layout.frames.map(\.y) == [0, 2, 0, 2])
    #expect(layout.frames[0].x == layout.frames[1].x)
    #expect(layout.frames[2].x == layout.frames[3].x)
  }

  @Test func aThousandBoxesInAChainTakeOneColumn() {
    let layout = GraphLayout((0..<1_000).map { GraphBox(width: 4, inputs: $0 == 0 ? [] : [$0 - 1]) })
    #expect(layout.size == Size(width: 8, height: 1_999))
    #expect(layout.routes.allSatisfy { $0.points.count == 2 })
  }

  @Test func fiftyThousandBoxesInAChainNeedNoStack() {
    let layout = GraphLayout((0..<50_000).map { GraphBox(width: 4, inputs: $0 == 0 ? [] : [$0 - 1]) })
    #expect(layout.size.height == 99_999)
  }

  @Test func longEdgesOfAVeryLargeGraphRunInLanesBesideIt() {
    let count = 1_000
    let layout = GraphLayout(
      (0..<count).map { box in
        let skip = box > count / 2 ? [count - 1 - box] : []
        return GraphBox(width: 4, inputs: (box == 0 ? [] : [box - 1]) + skip)
      })
    #expect(layout.violations == [])
    #expect(layout.sharedPieces == [])
    let lanes = layout.routes.filter { $0.target - $0.source > 40 }
    // Beyond all boxes, and the outer edge in the outer lane.
    #expect(lanes.allSatisfy { $0.points.count == 4 && $0.points[1].x > 8 })
    let columns = lanes.sorted { $0.source > $1.source }.map { $0.points[1].x }
    #expect(columns == columns.sorted() && Set(columns).count == lanes.count)
    // Edges over few layers still run through them.
    #expect(layout.routes.filter { $0.target - $0.source <= 32 }.allSatisfy { $0.points[0].x == 1 })
  }

  @Test func manyBoxesBetweenOneAndOneShareTheRowsOfTheirLines() {
    var sample = GraphSample()
    let first = sample.add("first")
    let middle = (0..<50).map { _ in sample.add("middle", [first]) }
    sample.add("last", middle)
    let layout = GraphLayout(sample.boxes)
    #expect(layout.size.height == 5)
    #expect(layout.violations == [])
  }

  @Test(arguments: 1...4)
  func randomGraphsKeepTheRules(inputs: Int) {
    for seed in 0..<UInt64(100) {
      let count = 2 + Int(seed * 37 % 59)
      let sample = GraphSample.random(seed: seed, count: count, inputs: inputs)
      let layout = GraphLayout(sample.boxes)
      #expect(layout.violations == [], "seed \(seed)")
      #expect(layout.sharedPieces == [], "seed \(seed)")
      #expect(layout.routes.count == sample.boxes.reduce(0) { $0 + $1.inputs.count })
    }
  }

  @Test func randomGraphsWithEdgesBothWaysKeepTheRules() {
    for seed in 0..<UInt64(60) {
      var sample = GraphSample.random(seed: seed, count: 30, inputs: 2)
      sample.boxes[Int(seed) % 15].inputs.append(29)
      sample.boxes[Int(seed) % 7].inputs.append(20)
      #expect(GraphLayout(sample.boxes).violations == [], "seed \(seed)")
    }
  }
}
