import TerminalUI

/// The direction in which parts of a layout follow each other.
enum LayoutAxis: Sendable, Equatable {
  case columns, rows

  /// The user can make no pane smaller than this.
  var least: Int { self == .columns ? 14 : 4 }

  /// The name of a part in the lengths that the user has chosen.
  func key(_ path: String) -> String { (self == .columns ? "c" : "r") + path }

  /// The length of an area in this direction.
  func length(of size: Size) -> Int { self == .columns ? size.width : size.height }
}

/// Parts of a layout with a border between each two.
struct LayoutSplit: Sendable, Equatable {
  /// One of the parts.
  struct Part: Sendable, Equatable {
    /// Its name in the lengths that the user has chosen.
    let key: String
    let area: Rect
    let panes: [PaneID]
    /// The user can make it no shorter.
    let least: Int
  }

  let axis: LayoutAxis
  let parts: [Part]

  /// The place of the part before the border under a cell; nil where there is no border.
  func border(atX x: Int, y: Int) -> Int? {
    parts.indices.dropLast().first { index in
      let (before, after) = (parts[index].area, parts[index + 1].area)
      guard before.contains(x: x, y: y) || after.contains(x: x, y: y) else { return false }
      return axis == .columns ? (after.x - 1...after.x).contains(x) : (after.y - 1...after.y).contains(y)
    }
  }

  /// The lengths after the border behind a part has moved, by their names.
  func lengths(movingBorder index: Int, by cells: Int) -> [String: Int] {
    var lengths = parts.map { axis.length(of: $0.area.size) }
    guard index >= 0, index + 1 < lengths.count else { return [:] }
    let most = lengths[index + 1] - parts[index + 1].least
    let least = parts[index].least - lengths[index]
    guard least <= most else { return [:] }
    let moved = max(least, min(cells, most))
    lengths[index] += moved
    lengths[index + 1] -= moved
    return Dictionary(zip(parts.map(\.key), lengths)) { first, _ in first }
  }
}

/// Where the panes of a layout are.
struct LayoutArrangement {
  /// The panes with their frames.
  var panes: [(pane: PaneID, area: Rect)] = []
  /// What the borders between them divide, the outer before the inner.
  var splits: [LayoutSplit] = []
}
