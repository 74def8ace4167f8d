import TerminalUI
import Trace

/// A pane: what it shows of the state inside its frame and on it, and how it takes keys and the mouse.
///
/// A pane's folder holds all of this and what the pane keeps for itself in ``DebuggerState/parts``. The table of panes
/// gives it its number.
protocol Pane: Widget, SendableMetatype {
  /// Which pane it is.
  static var id: PaneID { get }

  /// Where it is in layouts that do not name it: below the first pane of the same corner.
  static var corner: ScreenCorner { get }

  /// The smallest frame in which it is shown beside others.
  static var minimum: Size { get }

  /// Its rows of the table of commands.
  static var commands: [CommandRow] { get }

  /// The pane as it shows a state.
  init(_ state: DebuggerState)

  /// Whether it has something to show; while it has not, other panes take its room.
  static func hasContent(_ state: DebuggerState) -> Bool

  /// The most rows inside its frame that it can use at a width; nil for any number.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int?

  /// What follows the pane's title on the frame.
  var heading: TextLine { get }

  /// The text at the right end of the frame's top.
  var trailing: TextLine { get }

  /// Both texts with the pane's controls, and with fewer words: the first that fit are shown.
  var titles: [PaneTitle] { get }

  /// The text at the foot of the frame, in at most that many columns.
  func footer(width: Int) -> TextLine

  /// Moves within the pane, whose inside is `area`.
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect)

  /// Takes a press or a drag of the mouse inside the pane.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect)

  /// What can be done with what is under the mouse, or at the cursor where it is no mouse that asks.
  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu

  /// Takes a turn of the wheel over the pane, whatever has the focus; false to move up or down instead.
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

/// The part of the screen to which a pane belongs in layouts that do not name it.
enum ScreenCorner: Hashable, Sendable {
  case topLeft, bottomLeft, topRight, bottomRight
  /// The left, beside the node.
  case left
}

extension Pane {
  static var minimum: Size { Size(width: 34, height: 6) }
  static func hasContent(_: DebuggerState) -> Bool { true }
  static func wantedHeight(_: DebuggerState, width: Int) -> Int? { nil }
  static var commands: [CommandRow] { [] }
  var heading: TextLine { TextLine() }
  var trailing: TextLine { TextLine() }
  var titles: [PaneTitle] { [PaneTitle(heading, trailing)] }
  func footer(width: Int) -> TextLine { TextLine() }
  static func menu(_: DebuggerState, at _: MouseEvent?, _: Rect) -> PaneMenu { PaneMenu() }
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
