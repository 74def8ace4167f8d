/// Which tensor the node pane shows: the user's choice, or a sensible default.
package struct Focus: Sendable, Equatable, Codable {
  /// The chosen node's name; nil to follow the run.
  package var node: String?
  /// The chosen view; nil for the one that the moment is about.
  package var view: TensorView?
  /// The cell that is explained, by its place in row-major order.
  package var cell = 0

  /// A choice; without one, the run is followed.
  package init(node: String? = nil, view: TensorView? = nil, cell: Int = 0) {
    self.node = node
    self.view = view
    self.cell = cell
  }

  /// The node and view to show at a moment.
  ///
  /// Without a choice a paused run shows the node that ran last, and a running one the first
  /// parameter, since the last node of a step is always the same small one.
  package func resolved(
    in graph: ComputationGraph, at position: Position, current: Int?, isPlaying: Bool
  ) -> (node: ComputationGraph.Node?, view: TensorView) {
    let currentNode = current.flatMap { graph.nodes.indices.contains($0) ? graph.nodes[$0] : nil }
    let followed = isPlaying ? graph.nodes.first { $0.kind == .parameter } : currentNode
    let node = self.node.flatMap { graph.node(named: $0) } ?? followed
    return (node, view ?? usualView(of: node, at: position.phase, isPlaying: isPlaying))
  }

  private func usualView(
    of node: ComputationGraph.Node?, at phase: Phase, isPlaying: Bool
  ) -> TensorView {
    switch (node?.kind, phase) {
    case (.parameter?, .update): isPlaying ? .gradient : .update
    case (_, .backward): .gradient
    default: .value
    }
  }
}
