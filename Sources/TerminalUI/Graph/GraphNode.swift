/// How far the computation of a node has come.
public enum GraphNodeState: Hashable, Sendable, CaseIterable {
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
public struct GraphLabel: Hashable, Sendable {
  /// What stands at the left: the name, the shape.
  public var left: TextLine
  /// What stands at the right: the magnitudes.
  public var right: TextLine

  /// A line of a label.
  public init(_ left: TextLine, right: TextLine = TextLine()) {
    self.left = left
    self.right = right
  }

  /// The columns it needs.
  public var width: Int { left.width + (right.width > 0 ? right.width + 1 : 0) }
}

/// What is shown of one node of the graph.
public struct GraphNode: Hashable, Sendable {
  /// Its label; the first line names it.
  public var label: [GraphLabel]
  /// How far its computation has come.
  public var state: GraphNodeState
  /// Whether training pauses at it; nil for a node without a breakpoint.
  public var breakpoint: Breakpoint?

  /// The mark of a breakpoint.
  public enum Breakpoint: Hashable, Sendable {
    /// Training pauses here.
    case armed
    /// It would, but the breakpoint is switched off.
    case disabled
  }

  /// A node.
  public init(
    _ label: [GraphLabel], state: GraphNodeState = .waiting, breakpoint: Breakpoint? = nil
  ) {
    self.label = label
    self.state = state
    self.breakpoint = breakpoint
  }

  /// The box the layout needs for its label.
  public func box(inputs: [Int] = [], group: String? = nil) -> GraphBox {
    let width = label.reduce(0) { max($0, $1.width) }
    return GraphBox(width: width, lines: label.count, inputs: inputs, group: group)
  }
}
