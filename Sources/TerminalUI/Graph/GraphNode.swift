/// How far the computation of a node has come.
package enum GraphNodeState: Hashable, Sendable, CaseIterable {
  /// Not computed yet.
  case waiting
  /// Being computed now.
  case running
  /// Its value is known.
  case forwardDone
  /// Its gradient is known too.
  case backwardDone
  /// Its value or gradient holds NaN or infinity, or computing it failed.
  case broken
}

/// One line of a node's label: text at its left and text at its right end.
package struct GraphLabel: Hashable, Sendable {
  /// The text at the left: the name, the shape.
  package var left: TextLine
  /// The text at the right: the magnitudes.
  package var right: TextLine

  /// A line of a label.
  package init(_ left: TextLine, right: TextLine = TextLine()) {
    self.left = left
    self.right = right
  }

  /// The columns it needs.
  package var width: Int { left.width + (right.width > 0 ? right.width + 1 : 0) }
}

/// What is shown of one node of the graph.
package struct GraphNode: Hashable, Sendable {
  /// Its label; the first line names it.
  package var label: [GraphLabel]
  /// How far its computation has come.
  package var state: GraphNodeState
  /// Whether training pauses at it; nil for a node without a breakpoint.
  package var breakpoint: Breakpoint?
  /// Whether something was found to be wrong with it.
  package var isFaulty: Bool

  /// The mark of a breakpoint.
  package enum Breakpoint: Hashable, Sendable {
    /// Training pauses here.
    case armed
    /// It would, but the breakpoint is switched off.
    case disabled
  }

  /// A node.
  package init(
    _ label: [GraphLabel], state: GraphNodeState = .waiting, breakpoint: Breakpoint? = nil,
    isFaulty: Bool = false
  ) {
    self.label = label
    self.state = state
    self.breakpoint = breakpoint
    self.isFaulty = isFaulty
  }

  /// The box the layout needs for its label.
  package func box(inputs: [Int] = [], group: String? = nil) -> GraphBox {
    let width = label.reduce(0) { max($0, $1.width) }
    return GraphBox(width: width, lines: label.count, inputs: inputs, group: group)
  }
}
