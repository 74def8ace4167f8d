import DebuggerUI
import TerminalUI
import Testing
import Trace

extension FaultyRun {
  /// The sentence with which the run is paused before a node that failed.
  func sentence() throws -> String {
    guard case .halted(let sentence)? = news.status else {
      return try #require(nil, "the run has not stopped: \(String(describing: news.status))")
    }
    return sentence
  }

  /// The rows of a screen that has taken all news of the run.
  func screen(_ keys: Key...) -> [String] {
    var state = DebuggerState(size: Size(width: 120, height: 40))
    _ = state.update(news, seconds: 1)
    for key in keys { _ = state.update(.key(key)) }
    var screen = Buffer(size: state.size)
    state.draw(into: &screen)
    return screen.lines
  }
}

extension Moment {
  /// A node of the graph and its state.
  func node(_ name: String) throws -> (node: ComputationGraph.Node, state: NodeState) {
    let node = try #require(graph.node(named: name), "\(graph.nodes.map(\.name))")
    return (node, states[node.id])
  }

  /// The names of what a node is computed from.
  func inputs(of name: String) throws -> [String] { try node(name).node.inputs.map { graph.nodes[$0].name } }
}
