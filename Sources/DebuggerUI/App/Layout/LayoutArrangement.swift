import TerminalUI

/// The direction in which parts of a layout follow each other.
enum LayoutAxis: Sendable, Equatable {
  case columns, rows

  /// The user can make no pane smaller than this.
  var least: Int { self == .columns ? 14 : 4 }

  /// The length of an area in this direction.
  func length(of size: Size) -> Int { self == .columns ? size.width : size.height }
}

/// Names a part of a layout: by its place in the tree, and the direction in which it follows the others.
struct LayoutKey: Hashable, Sendable {
  let axis: LayoutAxis
  /// The places of the part and of those around it, a hexadecimal digit each, from 1.
  let path: Int

  init(axis: LayoutAxis, path: Int) { (self.axis, self.path) = (axis, path) }

  /// A name as it is kept, `r21`; nil for another text.
  init?(_ text: String) {
    guard let first = text.first, let axis: LayoutAxis = ["c": .columns, "r": .rows][first],
      let path = Int(text.dropFirst(), radix: 16), path > 0
    else { return nil }
    self.init(axis: axis, path: path)
  }

  /// As it is kept.
  var text: String { (axis == .columns ? "c" : "r") + String(path, radix: 16) }
}

/// Parts of a layout with a border between each two.
struct LayoutSplit: Sendable, Equatable {
  /// One of the parts.
  struct Part: Sendable, Equatable {
    /// Its name in the lengths that the user has chosen.
    let key: LayoutKey
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
  func lengths(movingBorder index: Int, by cells: Int) -> [LayoutKey: Int] {
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
