import TerminalUI
import Trace

/// A frame that is on the screen. While a run sends nothing but losses, the panes that show the moment are taken from it.
package struct KeptFrame: Sendable {
  fileprivate let buffer: Buffer
  fileprivate let panes: [PaneID: Rect]

  /// What was drawn of a state; nil where something covers the panes.
  package init?(_ state: DebuggerState, _ buffer: Buffer) {
    guard state.overlay == nil, state.console == nil, state.notice == nil, !state.course.isReading,
      !Caption.isOn(state)
    else { return nil }
    if case .failed = state.status { return nil }
    self.buffer = buffer
    panes = Dictionary(
      ScreenLayout(state).panes.map { ($0.pane, $0.area) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a pane looks the same in a frame as it does here.
  func holds(_ pane: PaneID, at area: Rect, in frame: Buffer) -> Bool {
    !PaneTable.pane(pane).followsLosses && panes[pane] == area && buffer.size == frame.size
      && buffer.capabilities == frame.capabilities
  }
}

extension Buffer {
  /// Shows a pane as it was.
  mutating func keep(_ area: Rect, of frame: KeptFrame) { copy(area, of: frame.buffer) }
}

extension RunUpdate {
  /// Whether its news are losses, series and epochs alone.
  package var bringsLossesOnly: Bool {
    guard moment == nil, events.isEmpty, output.isEmpty else { return false }
    var rest = self
    (rest.losses, rest.series, rest.epochs) = ([], [], [])
    return rest.isEmpty
  }
}
