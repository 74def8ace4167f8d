import TerminalUI

/// The keys that move through the rows of a list on an overlay.
enum ListKeys {
  /// Moves the chosen row of `count` by a key.
  ///
  /// - Returns: false where the key does not move.
  static func move(_ row: inout Int, by key: Key, of count: Int) -> Bool {
    switch key {
    case .up, .character("k"): row -= 1
    case .down, .character("j"): row += 1
    case .pageUp: row -= 10
    case .pageDown: row += 10
    case .home: row = 0
    case .end: row = count - 1
    default: return false
    }
    row = max(0, min(row, count - 1))
    return true
  }
}
