/// What the user did with the mouse, and over which cell.
package struct MouseEvent: Hashable, Sendable {
  /// What was done.
  package enum Kind: Hashable, Sendable {
    /// A button went down.
    case press
    /// The mouse moved with the left button down.
    case drag
    /// The left button came up.
    case release
    /// The wheel turned away from the user.
    case wheelUp
    /// The wheel turned towards the user.
    case wheelDown
  }

  /// A button of the mouse.
  package enum Button: Hashable, Sendable {
    /// The one that chooses.
    case left
    /// The one that opens a menu.
    case right
  }

  /// The column, from 0.
  package let x: Int
  /// The row, from 0.
  package let y: Int
  /// What was done.
  package let kind: Kind
  /// The button that went down.
  package let button: Button

  /// An event over column `x` of row `y`.
  package init(x: Int, y: Int, kind: Kind, button: Button = .left) {
    self.x = x
    self.y = y
    self.kind = kind
    self.button = button
  }
}
