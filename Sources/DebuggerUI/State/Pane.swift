/// The panes of the screen, in the order of their numbers.
package enum Pane: Int, Sendable, CaseIterable {
  case graph = 1
  case node, bridge, loss, gradients, batch, events

  /// The title on its frame.
  var title: String {
    switch self {
    case .graph: "Graph"
    case .node: "Node"
    case .bridge: "Bridge"
    case .loss: "Loss"
    case .gradients: "Gradients"
    case .batch: "Batch"
    case .events: "Events"
    }
  }

  /// The pane after this one, round and round.
  var next: Pane { Pane(rawValue: rawValue % Pane.allCases.count + 1) ?? .graph }

  /// The pane before this one.
  var previous: Pane { Pane(rawValue: rawValue == 1 ? Pane.allCases.count : rawValue - 1) ?? .graph }
}
