/// A layout as a value: a pane, or parts side by side or one above the other.
///
/// What the parts' smallest sizes leave is shared by their weights. A pane is named; where there is no pane of that
/// name, or it is not shown, the others take its room.
indirect enum LayoutTree: Sendable {
  /// One pane.
  case pane(String, Int)
  /// Parts side by side, where there are at least so many columns for all of them; otherwise one above the other.
  case columns([LayoutTree], from: Int, Int)
  /// Parts one above the other.
  case rows([LayoutTree], Int)

  /// The share of the part.
  var weight: Int {
    switch self {
    case .pane(_, let weight), .columns(_, _, let weight), .rows(_, let weight): weight
    }
  }

  /// The names of its panes, in their order.
  var names: [String] {
    switch self {
    case .pane(let name, _): [name]
    case .columns(let parts, _, _), .rows(let parts, _): parts.flatMap(\.names)
    }
  }

  /// The same layout with a pane below another one.
  func adding(_ name: String, below other: String) -> LayoutTree {
    switch self {
    case .pane(other, let weight): .rows([.pane(other, 1), .pane(name, 1)], weight)
    case .pane: self
    case .columns(let parts, let columns, let weight):
      .columns(parts.map { $0.adding(name, below: other) }, from: columns, weight)
    case .rows(let parts, let weight): .rows(parts.map { $0.adding(name, below: other) }, weight)
    }
  }
}
