/// A cell on the thread through a step's nodes: in other nodes, the cells that it is computed from, and that are
/// computed from it, are shown.
package struct FollowedCell: Sendable, Equatable, Codable {
  /// The node that has the cell.
  package var node: String
  /// Its place in row-major order.
  package var cell: Int

  /// A cell of a node.
  package init(node: String, cell: Int) {
    self.node = node
    self.cell = cell
  }
}

/// Which tensor the node pane shows: the user's choice, or a sensible default.
package struct Focus: Sendable, Equatable, Codable {
  /// The chosen node's name; nil to follow the run.
  package var node: String?
  /// The chosen view; nil for the one that the moment is about.
  package var view: TensorView?
  /// Which of the node's further tensors, as ``TensorSnapshot/parts`` names them; nil for the usual one.
  package var part: String?
  /// The cells that are followed from node to node, the last that was shown at the end; without any, the cell of the
  /// largest gradient is shown.
  package var followed: [FollowedCell] = []
  /// Whether the arithmetic of the cell is wanted with all its terms, not only the largest.
  package var wantsAllTerms = false
  /// Whether a paused run also says what the hand-written network makes of the step.
  package var wantsByHand = false

  /// A choice; without one, the run is followed.
  package init(
    node: String? = nil, view: TensorView? = nil, part: String? = nil, followed: [FollowedCell] = []
  ) {
    self.node = node
    self.view = view
    self.part = part
    self.followed = followed
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
