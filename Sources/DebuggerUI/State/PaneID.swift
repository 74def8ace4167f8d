import Localization

/// Names a pane. Each pane's folder declares its own; the table of panes has their order.
package struct PaneID: Hashable, Sendable {
  /// Its name in lower case, as it is typed.
  package let name: String
  private let sentence: Sentence

  /// A pane under a title.
  init(title sentence: Sentence) { (name, self.sentence) = (sentence.key.lowercased(), sentence) }

  /// The title on the pane's frame.
  package var title: String { sentence.text }

  package static func == (left: PaneID, right: PaneID) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
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
