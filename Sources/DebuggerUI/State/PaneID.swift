/// Names a pane. Each pane's folder declares its own; the table of panes has their order.
package struct PaneID: Hashable, Sendable {
  /// The title on the pane's frame.
  package let title: String
}

/// The way in which a key moves through what a pane shows.
enum MoveDirection: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown

  /// How many rows of a list it moves.
  var rows: Int {
    switch self {
    case .up: -1
    case .down: 1
    case .pageUp: -10
    case .pageDown: 10
    case .left, .right: 0
    }
  }
}
