import TerminalUI
import Trace

/// A pane: what it shows of the state inside its frame and on it, and how it takes keys and the mouse.
///
/// A pane's folder holds all of this and what the pane keeps for itself in ``DebuggerState/parts``. The table of panes
/// gives it its number.
protocol Pane: Widget, SendableMetatype {
  /// Which pane it is.
  static var id: PaneID { get }

  /// Where it is on the screen.
  static var corner: ScreenCorner { get }

  /// Its rows of the table of commands.
  static var commands: [CommandRow] { get }

  /// The pane as it shows a state.
  init(_ state: DebuggerState)

  /// What follows the pane's title on the frame.
  var heading: TextLine { get }

  /// The text at the right end of the frame's top.
  var trailing: TextLine { get }

  /// The text at the foot of the frame, in at most that many columns.
  func footer(width: Int) -> TextLine

  /// Moves within the pane, whose inside is `area`.
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect)

  /// Takes a press or a drag of the mouse inside the pane.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect)

  /// Takes a turn of the wheel inside the focused pane; false to move up or down instead.
  static func scroll(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) -> Bool

  /// Takes a key before all others while the pane has something open; false while it has not.
  static func press(_ key: Key, _ state: inout DebuggerState) -> Bool

  /// The hints for these keys; nil while nothing is open.
  static func hints(_ state: DebuggerState) -> [KeyHints.Hint]?

  /// Closes what the pane has open; false if there is nothing.
  static func close(_ state: inout DebuggerState) -> Bool

  /// Keeps what is about to be lost with news of the run.
  static func willTake(_ news: RunUpdate, _ state: inout DebuggerState)

  /// Follows news of the run.
  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState)

  /// Follows any event: keeps what is laid out in step with the state and the pane's inside.
  static func layOut(_ state: inout DebuggerState, _ area: Rect)
}

/// The part of the screen that a pane shares with others. Where there is room for one of them only, it is the first
/// in the table unless another has the focus.
enum ScreenCorner: Hashable, Sendable {
  case topLeft, bottomLeft, topRight, bottomRight
  /// The whole left, in place of what is usually there.
  case left
}

extension Pane {
  static var commands: [CommandRow] { [] }
  var heading: TextLine { TextLine() }
  var trailing: TextLine { TextLine() }
  func footer(width: Int) -> TextLine { TextLine() }
  static func move(_: MoveDirection, _: inout DebuggerState, _: Rect) {}
  static func press(_: MouseEvent, _: inout DebuggerState, _: Rect) {}
  static func scroll(_: MouseEvent, _: inout DebuggerState, _: Rect) -> Bool { false }
  static func press(_: Key, _: inout DebuggerState) -> Bool { false }
  static func hints(_: DebuggerState) -> [KeyHints.Hint]? { nil }
  static func close(_: inout DebuggerState) -> Bool { false }
  static func willTake(_: RunUpdate, _: inout DebuggerState) {}
  static func didTake(_: RunUpdate, _: inout DebuggerState) {}
  static func layOut(_: inout DebuggerState, _: Rect) {}
}
