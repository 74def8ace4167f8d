import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Strips of values in the graph, and the overview of one that does not fit.
struct GraphStripTests {
  /// The digits run with the sketches of all values.
  private func moment(_ names: Set<String>? = nil) -> Moment {
    var moment = DigitsRun.moment(.backward, 1)
    for node in moment.graph.nodes where names?.contains(node.name) ?? true {
      moment.states[node.id].sketch = ValueSketch(8) { Float($0) }
    }
    return moment
  }

  @Test func aNodesValuesAreAStripInItsLabel() {
    let size = Size(width: 200, height: 60)
    let plain = States.digits(.paused, DigitsRun.moment(.backward, 1), size)
    #expect(!plain.lines.contains { $0.contains("‖92") && $0.contains("████████") })
    let state = States.digits(.paused, moment(), size)
    #expect(state.lines.contains { $0.contains("‖92") && $0.contains("████████") })
  }

  @Test func whereThereIsNoRoomThereIsNoStrip() {
    let state = States.digits(.paused, moment(), States.small)
    #expect(!state.lines.contains { $0.contains("│ ✓ fc1.weight ████") })
    #expect(state.lines.contains { $0.contains("fc1.weight") && $0.contains("fc1.linear") })
  }

  @Test func inOneLineAStripStandsBeforeTheMagnitude() throws {
    let state = States.digits(.paused, moment(), Size(width: 120, height: 16)).after("1", "z")
    #expect(state.graph.detail != .full && state.graph.stripWidth == 8)
    let line = try #require(state.lines.first { $0.contains("fc1.linear") })
    #expect(line.contains("████") && line.contains("‖92"))
  }

  @Test func theScreenNeedsSketchesOfTheNodesInView() {
    let state = States.digits(.paused, DigitsRun.moment(.backward, 1))
    #expect(state.needs.sketches.contains("fc1.relu") && state.needs.sketches.contains("fc2.weight"))
    // A single number has no spread.
    #expect(!state.needs.sketches.contains("cross_entropy"))
    #expect(state.after("2", "z").needs.sketches.isEmpty)
  }

  @Test func theScreenNeedsRegionsOnlyWhereTheBatchIsShown() throws {
    let state = States.digits(.paused, DigitsRun.moment(.backward, 1))
    #expect(state.after("1", "z").needs.regions == nil)
    let small = try #require(state.after("6").needs.regions)
    let large = try #require(state.after("6", "z").needs.regions)
    #expect(large.columns > small.columns && large.rows > small.rows)
  }
}

struct OverviewTests {
  /// A chain of nodes, without modules.
  private static func graph(_ count: Int) -> ComputationGraph {
    ComputationGraph(
      nodes: (0..<count).map { id in
        .init(
          id: id, name: "node\(id)", operation: "relu", kind: .operation, shape: [8, 8],
          inputs: id == 0 ? [] : [id - 1])
      })
  }

  private func state(_ count: Int, current: Int = 0, _ size: Size = States.standard) -> DebuggerState {
    let graph = Self.graph(count)
    let moment = Moment(
      position: Position(step: 1, phase: .forward, node: current), current: current, graph: graph,
      states: graph.nodes.map { _ in NodeState(progress: .forward, valueNorm: 1) })
    return States.digits(.paused, moment, size)
  }

  /// Where the overview's border begins inside the graph pane; nil where it is not shown.
  private func place(_ state: DebuggerState) -> (x: Int, y: Int)? {
    for (y, line) in state.lines.enumerated() where y > 3 && y < state.size.height / 2 {
      let characters = Array(line.prefix(state.size.width * 41 / 100))
      if let x = characters.dropFirst(2).dropLast().firstIndex(of: "╭") { return (x, y) }
    }
    return nil
  }

  @Test func aGraphThatDoesNotFitHasAnOverviewByItself() {
    #expect(place(state(60)) != nil)
    #expect(place(state(4)) == nil)
    #expect(place(state(60, current: 0, States.small)) == nil)
  }

  @Test func theKeyHidesItAndShowsIt() {
    let hidden = state(60).after("W")
    #expect(place(hidden) == nil)
    #expect(place(hidden.after("W")) != nil)
    #expect(place(state(4).after("W")) != nil)
    #expect(place(state(4).typing("overview").after(.enter)) != nil)
  }

  @Test func aPressInItScrollsThereAndStays() throws {
    let state = state(60)
    let border = try #require(place(state))
    let bottom = try #require(
      state.lines.indices.last { $0 < 22 && Array(state.lines[$0])[border.x] == "╰" })
    let pressed = state.on(.mouse(MouseEvent(x: border.x + 2, y: bottom - 1, kind: .press))).state
    #expect(pressed.graph.scroll.y > state.graph.scroll.y + 30)
    #expect(pressed.lines.contains { $0.contains("node59") })
    // Other keys leave the view there; another node brings it back.
    #expect(pressed.after("y").graph.scroll == pressed.graph.scroll)
    #expect(pressed.after(.down).lines.contains { $0.contains("node1 ") })
  }

  @Test func itCoversNoNode() {
    for current in [0, 30, 59] {
      let lines = state(60, current: current).lines
      #expect(lines.contains { $0.contains("node\(current)") })
    }
  }

  @Test func aGraphManyTimesAsHighAsThePaneIsFolded() {
    let nodes = (0..<90).map { id in
      ComputationGraph.Node(
        id: id, name: "block\(id / 9).relu\(id % 9)", operation: "relu", kind: .operation,
        group: "block\(id / 9)", shape: [8], inputs: id == 0 ? [] : [id - 1])
    }
    var pane = GraphPaneState()
    pane.arrange(ComputationGraph(nodes: nodes), in: Size(width: 60, height: 20))
    #expect(pane.folded.count == 10 && pane.layout.size.height <= 20)
    pane.arrange(ComputationGraph(nodes: nodes), in: Size(width: 60, height: 60))
    #expect(pane.folded.isEmpty)
  }
}
