import Localization
import TerminalUI
import Trace

/// What the bridge pane keeps: how far its text is scrolled.
package struct BridgePaneState: StatePart {
  /// The first line in view.
  package var row = 0
  /// The node that the text was about; another one is shown from its first line on.
  var node: String?
  /// The chosen term of the cell's arithmetic, and which of its cells; nil for the one that was computed.
  package var term = 0
  var operand: Int?
  /// The lines of its text at its width; 0 before it has any.
  var lineCount = 0
  /// What was shown before each cell that was gone into.
  var visits: [Focus] = []

  /// The text from its first line on.
  package init() {}
}

extension PaneID {
  /// What the chosen node is in NumPy and PyTorch.
  package static let bridge = PaneID(title: Sentence("Bridge"))
}

extension DebuggerState {
  /// What the bridge pane keeps.
  package var bridge: BridgePaneState {
    get { parts[BridgePaneState.self] }
    set { parts[BridgePaneState.self] = newValue }
  }
}
