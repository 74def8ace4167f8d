import Localization
import TerminalUI
import Trace

extension BridgePane {
  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    guard let name = state.shownNode else { return PaneMenu() }
    return PaneMenu(
      title: name,
      entries: [
        (localized("into what the cell is computed from"), "into"), (localized("back out of it"), "out"),
        (localized("copy the number"), "copy"), (localized("open the guide"), "pane guide"),
      ])
  }
}
