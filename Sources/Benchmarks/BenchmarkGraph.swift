import DebuggerUI
import Localization
import TerminalUI
import Trace

/// A graph of a thousand nodes, laid out and drawn as the debugger does it.
package struct BenchmarkGraph: Sendable {
  /// A graph with its measurements.
  package struct Line: Sendable {
    /// The graph.
    package let graph: BenchmarkGraph
    /// Seconds to lay it out.
    package let layout: BenchmarkSamples
    /// Seconds to draw the graph pane at 120×40.
    package let draw: BenchmarkSamples
  }

  /// The seconds that the median should stay below.
  package static let targets = (layout: 0.016, draw: 0.002)

  /// A short name, to choose it by.
  package let name: String
  /// What it is, in a sentence.
  package let work: String
  private let skips: Int

  /// The graphs of `tapedeck bench`.
  package static let all = [
    BenchmarkGraph(
      name: "graph", work: localized("1,000 nodes in 250 layers: laid out, and drawn in a pane of 120×40"),
      skips: 0),
    BenchmarkGraph(
      name: "graph-skips", work: localized("1,000 nodes in a row with 500 nested skips: laid out, and drawn"),
      skips: 500
    ),
  ]

  /// Nodes in the order in which they run.
  private var computation: ComputationGraph {
    ComputationGraph(nodes: (0..<1_000).map { id in skips > 0 ? chained(id) : layered(id) })
  }

  /// Four nodes a layer: weight, bias, linear, relu.
  private func layered(_ id: Int) -> ComputationGraph.Node {
    let (layer, part) = (id / 4, id % 4)
    let operation = ["weight", "bias", "linear", "relu"][part]
    let inputs = part == 2 ? (layer > 0 ? [id - 3] : []) + [id - 2, id - 1] : part == 3 ? [id - 1] : []
    return .init(
      id: id, name: "layer\(layer).\(operation)", operation: operation,
      kind: part < 2 ? .parameter : .operation, group: "layer\(layer)", shape: [64, 64], inputs: inputs)
  }

  /// A chain whose second half takes what the first half computed, the last node from the first.
  private func chained(_ id: Int) -> ComputationGraph.Node {
    let skip = id >= 1_000 - skips ? [999 - id] : []
    return .init(
      id: id, name: "node\(id)", operation: "add", kind: .operation, shape: [64, 64],
      inputs: (id > 0 ? [id - 1] : []) + skip.filter { $0 != id - 1 })
  }

  /// Times layouts and drawings; `now` gives seconds.
  func measure(isQuick: Bool, now: () -> Double) -> Line {
    let graph = computation
    var state = DebuggerState(size: Size(width: 120, height: 40))
    state.isZoomed = true
    var update = RunUpdate()
    update.status = .paused
    update.moment = Moment(
      position: Position(step: 1, phase: .forward, node: 500), current: 500, graph: graph,
      states: graph.nodes.map { _ in NodeState(progress: .backward, valueNorm: 1, gradientNorm: 0.1) })
    _ = state.update(update, seconds: 0)
    var buffer = Buffer(size: state.size)
    let area = Rect(x: 0, y: 2, width: 120, height: 37)
    return Line(
      graph: self,
      layout: times(isQuick, now) {
        var pane = GraphPaneState()
        pane.arrange(graph, in: Size(width: area.width - 2, height: area.height - 2))
      },
      draw: times(isQuick, now) { state.draw(.graph, into: &buffer, area) })
  }

  private func times(_ isQuick: Bool, _ now: () -> Double, _ work: () -> Void) -> BenchmarkSamples {
    if !isQuick { for _ in 0..<5 { work() } }
    return BenchmarkSamples(
      (0..<(isQuick ? 1 : 100)).map { _ in
        let start = now()
        work()
        return now() - start
      })
  }
}
