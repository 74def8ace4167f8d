import TerminalUI

/// What lies over the panes, such as the help or a question. It takes keys before the panes do.
package protocol Overlay: Sendable {
  /// Whether it asks something that an answer of the run must not cover.
  var isQuestion: Bool { get }

  /// Takes a key; the overlay is not in the state while it does.
  mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer

  /// Moves its contents by some rows.
  mutating func scroll(by rows: Int, _ state: DebuggerState)

  /// Takes pasted text.
  mutating func insert(_ text: String)

  /// Draws it over the panes.
  func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect)
}

/// What becomes of an overlay after a key.
package enum OverlayAnswer {
  /// It stays.
  case open
  /// It closes.
  case closed
  /// The key is not for it. It closes if the key does something else.
  case ignored
  /// It closes, and the key does what it does without it.
  case passed
}

extension Overlay {
  package var isQuestion: Bool { false }
  package mutating func scroll(by rows: Int, _ state: DebuggerState) {}
  package mutating func insert(_ text: String) {}
}

extension DebuggerState {
  /// Shows an answer of the run, unless a question is open that must be answered first.
  mutating func show(_ answer: some Overlay) {
    if overlay?.isQuestion != true { overlay = answer }
  }
}
