/// A key the user pressed.
package enum Key: Hashable, Sendable {
  /// A printable character.
  case character(Character)
  /// A letter with Control held, in lower case.
  case control(Character)
  /// F1 and up.
  case function(Int)
  /// Return or Enter.
  case enter
  /// Escape, on its own.
  case escape
  /// Tab.
  case tab
  /// Shift-Tab.
  case backTab
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Insert.
  case insert
  /// Cursor up.
  case up
  /// Cursor down.
  case down
  /// Cursor left.
  case left
  /// Cursor right.
  case right
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// The key of a printable character.
  package init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}
