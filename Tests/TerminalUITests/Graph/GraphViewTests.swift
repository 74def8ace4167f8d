import TerminalUI
import Testing

@Suite struct GraphViewTests {
  @Test func twoLayersReadFromTheTopDownWithParametersBeside() {
    expect(
      GraphSample.twoLayers.lines(),
      """
                       · x
                       │
       · fc1.weight ─┬─· fc1.linear
       · fc1.bias ───╯ │
                       · relu
                       │
       · fc2.weight ─┬─· fc2.linear
       · fc2.bias ───╯ │
       · targets ──────· cross_entropy
      """)
  }

  @Test func chosenNodeIsABarWithHeavyEdgesAndCurrentNodeHasAnArrow() {
    expect(
      GraphSample.twoLayers.lines(chosen: 3, current: 4),
      """
                       · x
                       ┃
       · fc1.weight ━┳▐· fc1.linear▌
       · fc1.bias ━━━┛ ┃
                      ▶· relu
                       │
       · fc2.weight ─┬─· fc2.linear
       · fc2.bias ───╯ │
       · targets ──────· cross_entropy
      """)
  }

  @Test func asciiSaysTheSame() {
    expect(
      GraphSample.twoLayers.lines(chosen: 3, current: 4, isUnicode: false),
      """
                       . x
                       H
       . fc1.weight =#[. fc1.linear]
       . fc1.bias ===# H
                      >. relu
                       |
       . fc2.weight -+-. fc2.linear
       . fc2.bias ---+ |
       . targets ------. cross_entropy
      """)
  }

  @Test func diamondBranchesAndJoins() {
    var sample = GraphSample()
    let top = sample.add("a")
    sample.add("d", [sample.add("b", [top]), sample.add("c", [top])])
    expect(
      sample.lines(),
      """
       · a
       ├─────╮
       · b   · c
       ├─────╯
       · d
      """)
  }

  @Test func residualEdgeRunsBesideItsBlock() {
    var sample = GraphSample()
    let input = sample.add("x")
    let block = sample.addLinear("fc", sample.add("norm", [input]))
    sample.add("add", [input, sample.add("relu", [block])])
    expect(
      sample.lines(),
      """
                      · x
                      ├────────────╮
                      · norm       │
                      │            │
       · fc.weight ─┬─· fc.linear  │
       · fc.bias ───╯ │            │
                      · relu       │
                      ├────────────╯
                      · add
      """)
    expect(
      sample.lines(chosen: 6),
      """
                      · x
                      ┡━━━━━━━━━━━━┓
                      · norm       ┃
                      │            ┃
       · fc.weight ─┬─· fc.linear  ┃
       · fc.bias ───╯ │            ┃
                      · relu       ┃
                      ┣━━━━━━━━━━━━┛
                     ▐· add▌
      """)
  }

  @Test func sharedWeightStandsByTheDataAndReachesBothUses() {
    var sample = GraphSample()
    let input = sample.add("x")
    let weight = sample.add("embed.weight", group: "embed")
    let embedding = sample.add("embedding", [input, weight], group: "embed")
    sample.add("tied", [sample.add("relu", [embedding]), weight])
    expect(
      sample.lines(),
      """
       · x          · embed.weight
       ├────────────┤
       · embedding  │
       │            │
       · relu       │
       ├────────────╯
       · tied
      """)
  }

  @Test func linesThatCrossAreToldFromLinesThatJoin() {
    var sample = GraphSample()
    let left = sample.add("c", [sample.add("a")])
    let right = sample.add("d", [sample.add("b")])
    sample.add("e", [left, right])
    sample.add("f", [left, right])
    expect(
      sample.lines(),
      """
       · a   · b
       │     │
       · c   · d
       ├───╮ │
       ├───┼─┤
       │   ╰─┤
       · e   · f
      """)
    expect(
      sample.lines(chosen: 3),
      """
       · a   · b
       │     ┃
       · c  ▐· d▌
       ├───╮ ┃
       ┢━━━┿━┫
       ┃   ╰─┨
       · e   · f
      """)
    expect(
      sample.lines(isUnicode: false),
      """
       . a   . b
       |     |
       . c   . d
       +---+ |
       +---|-+
       |   +-+
       . e   . f
      """)
  }

  @Test func disconnectedNodesStandBelowTheRest() {
    var sample = GraphSample()
    sample.add("alone")
    sample.add("apart")
    sample.add("b", [sample.add("a")])
    expect(
      sample.lines(),
      """
       · a
       │
       · b

       · alone   · apart
      """)
  }

  @Test func singleNodeShowsEveryMark() {
    var sample = GraphSample()
    sample.add("only", right: "1.5", more: [GraphLabel("line two", right: "0.25")], state: .broken)
    sample.nodes[0].breakpoint = .armed
    expect(
      sample.lines(chosen: 0, current: 0),
      """
      ▶✗●only      1.5▌
      ▐  line two 0.25▌
      """)
    expect(
      sample.lines(isUnicode: false),
      """
       !*only      1.5
         line two 0.25
      """)
  }

  @Test func everyStateHasAMarkOfItsOwn() {
    for isUnicode in [true, false] {
      let marks = GraphNodeState.allCases.map { state in
        var sample = GraphSample()
        sample.add("n", state: state)
        return sample.lines(isUnicode: isUnicode)
      }
      #expect(Set(marks).count == GraphNodeState.allCases.count)
    }
  }

  @Test func labelOfTwoLinesLetsTheLineRunThroughIt() {
    var sample = GraphSample()
    let input = sample.add("x", more: [GraphLabel("norm", right: "3.1")])
    sample.add("relu", [input], more: [GraphLabel("zero", right: "31 %")])
    expect(
      sample.lines(),
      """
       · x
       │ norm 3.1
       · relu
         zero 31 %
      """)
  }

  @Test func viewportCutsEdgesAndLabels() {
    let sample = GraphSample.twoLayers
    expect(
      sample.lines(
        GraphLayout(sample.boxes), Rect(x: 2, y: 1, width: 14, height: 4), GraphPoint(x: 11, y: 2)),
      """

        ht ─┬─· fc1.li
         ───╯ │
              · relu
              │
      """)
  }

  @Test func nothingIsDrawnOutsideTheArea() {
    let sample = GraphSample.twoLayers
    var buffer = Buffer(size: Size(width: 30, height: 10))
    let outside = Cell("#")
    buffer.fill(buffer.bounds, with: outside)
    let area = Rect(x: 5, y: 3, width: 9, height: 4)
    GraphView(
      layout: GraphLayout(sample.boxes), nodes: sample.nodes, chosen: 3, current: 1,
      scroll: GraphPoint(x: 3, y: 1)
    ).draw(into: &buffer, area: area)
    for y in 0..<10 {
      for x in 0..<30 where !area.contains(x: x, y: y) { #expect(buffer[x, y] == outside) }
    }
  }

  @Test func noAreaNoGraphAndFarOffsetsDrawNothing() {
    let sample = GraphSample.twoLayers
    let layout = GraphLayout(sample.boxes)
    let blank = Buffer(size: Size(width: 10, height: 4))
    var buffer = blank
    let view = GraphView(layout: layout, nodes: sample.nodes, chosen: 3)
    view.draw(into: &buffer, area: Rect(x: 2, y: 2, width: 0, height: 5))
    GraphView(layout: GraphLayout([]), nodes: []).draw(into: &buffer, area: buffer.bounds)
    for offset in [Int.min, -1_000, 1_000, .max] {
      GraphView(layout: layout, nodes: sample.nodes, scroll: GraphPoint(x: offset, y: offset))
        .draw(into: &buffer, area: buffer.bounds)
    }
    #expect(buffer == blank)
  }

  @Test func choiceOutsideTheGraphMarksNothing() {
    let sample = GraphSample.twoLayers
    #expect(sample.lines(chosen: 99, current: -1) == sample.lines())
  }

  @Test func edgesOfTheChosenNodeStandOutAndOthersStepBack() {
    let sample = GraphSample.twoLayers
    let layout = GraphLayout(sample.boxes)
    let theme = GraphTheme()
    var buffer = Buffer(size: layout.size)
    GraphView(layout: layout, nodes: sample.nodes, chosen: 0).draw(into: &buffer, area: buffer.bounds)
    #expect(buffer[17, 1] == Cell("┃", style: theme.chosenEdge))
    #expect(buffer[17, 3] == Cell("│", style: theme.otherEdge))
    #expect(buffer[19, 0].style.background == theme.chosen.background)
    #expect(buffer[19, 2].style.background == .default)
  }

  private func expect(
    _ lines: [String], _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines == expected, sourceLocation: sourceLocation)
  }
}
