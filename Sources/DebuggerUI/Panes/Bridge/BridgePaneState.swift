import TerminalUI
import Trace

/// What the bridge pane keeps: how far its text is scrolled.
package struct BridgePaneState: StatePart {
  /// The first line in view.
  package var row = 0
  /// The node that the text was about; another one is shown from its first line on.
  fileprivate var node: String?

  /// The text from its first line on.
  package init() {}
}

extension PaneID {
  /// What the chosen node is in NumPy and PyTorch.
  package static let bridge = PaneID(title: "Bridge")
}

extension DebuggerState {
  /// What the bridge pane keeps.
  package var bridge: BridgePaneState {
    get { parts[BridgePaneState.self] }
    set { parts[BridgePaneState.self] = newValue }
  }
}

extension BridgePane {
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    let last = BridgePane(state).lastRow(in: area)
    state.bridge.row = max(0, min(min(state.bridge.row, last) + direction.rows, last))
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    let node = state.shownNode
    if node != state.bridge.node {
      state.bridge.row = 0
      state.bridge.node = node
    }
  }
}
