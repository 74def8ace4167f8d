import DebuggerUI
import TerminalUI
import Testing
import Trace

struct LargeGraphTests {
  /// A network of 250 layers of four nodes each.
  private static let graph = ComputationGraph(
    nodes: (0..<1_000).map { id in
      let (layer, part) = (id / 4, id % 4)
      let name = "layer\(layer).\(["weight", "bias", "linear", "relu"][part])"
      let inputs = part == 2 ? [id - 2, id - 1] + (layer > 0 ? [id - 3] : []) : part == 3 ? [id - 1] : []
      return .init(
        id: id, name: name, operation: ["weight", "bias", "linear", "relu"][part],
        kind: part < 2 ? .parameter : .operation, group: "layer\(layer)", shape: [64, 64], inputs: inputs)
    })

  private func state(current: Int, _ size: Size = States.standard) -> DebuggerState {
    let moment = Moment(
      position: Position(step: 1, phase: .forward, node: current), current: current, graph: Self.graph,
      states: Self.graph.nodes.map { _ in NodeState(progress: .forward, valueNorm: 1) },
      phaseNodeCount: 1_000,
      parameters: Self.graph.nodes.filter { $0.kind == .parameter }.map {
        ParameterSnapshot(name: $0.name, weightNorm: 1, gradientNorm: 0.1, updateRatio: nil)
      })
    return States.digits(.paused, moment, size)
  }

  @Test(arguments: [0, 2, 3, 498, 999])
  func theNodeThatRanLastIsInView(node: Int) {
    for size in [States.standard, States.small, Size(width: 60, height: 16)] {
      let lines = state(current: node, size).lines
      #expect(lines.contains { $0.contains(Self.graph.nodes[node].name) }, "\(size)")
    }
  }

  @Test func theChoiceMovesDownTheWholeGraph() {
    var state = state(current: 2)
    for _ in 0..<60 { state = state.after(.pageDown) }
    #expect(state.focus.node == "layer249.relu")
    #expect(state.lines.contains { $0.contains("layer249.relu") })
    for _ in 0..<60 { state = state.after(.pageUp) }
    #expect(state.focus.node?.hasPrefix("layer0.") == true)
  }

  @Test func barsOfAllParametersScroll() {
    let state = state(current: 2).after("5", .pageDown)
    #expect(state.gradients.firstBar == 10)
    #expect(state.lines.contains { $0.contains("layer5.w") })
  }
}
