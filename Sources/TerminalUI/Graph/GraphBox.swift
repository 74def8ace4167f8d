/// One node of a graph as the layout sees it: how much room its label takes and what flows into it.
///
/// A box is known by its index in the array given to ``GraphLayout``.
package struct GraphBox: Hashable, Sendable {
  /// Columns of the widest line of its label; the marks around the label are not counted.
  package var width: Int
  /// Lines of its label; at least one is laid out.
  package var lines: Int
  /// The boxes whose output it takes, in the order of its arguments.
  package var inputs: [Int]
  /// The module it belongs to, dots between the levels: `encoder.fc1`.
  package var group: String?

  /// A box.
  package init(width: Int, lines: Int = 1, inputs: [Int] = [], group: String? = nil) {
    self.width = width
    self.lines = lines
    self.inputs = inputs
    self.group = group
  }
}

/// The columns a box takes besides its label.
package enum GraphMetrics {
  /// Left of the label: the mark of the chosen or current node, its state, its breakpoint.
  package static let leading = 3
  /// Right of the label: the closing mark of the chosen node.
  package static let trailing = 1
  /// The column of a box, counted from its left, where edges enter and leave: that of its state.
  package static let port = 1

  /// Empty columns between a box and the next thing beside it.
  static let separation = 1
  /// Columns between a parameter and its operation: the turn of its edge.
  static let connector = 2
  /// Disconnected boxes flow into rows no wider than this, or than the graph above them.
  static let flowWidth = 80
}
