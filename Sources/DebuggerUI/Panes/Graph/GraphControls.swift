import Localization
import TerminalUI
import Trace

extension GraphPane {
  /// With the pane's commands to click, where there is room.
  var titles: [PaneTitle] {
    guard state.moment?.graph.nodes.isEmpty == false else { return [PaneTitle(heading, trailing)] }
    let controls = PaneTitle.controls([
      (localized("find"), "find", state.graph.find != nil),
      (localized("fold"), "fold-all", !state.graph.folded.isEmpty),
    ])
    let gap = TextLine(trailing.width > 0 ? "  " : "")
    return [PaneTitle(heading, trailing + gap + controls), PaneTitle(heading, trailing)]
  }

  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    guard let name = state.shownNode else { return PaneMenu() }
    var menu = PaneMenu.ofNode(name)
    menu.entries += [
      (localized("look at it in the node pane"), "pane node"), (localized("follow the run"), "follow"),
      (localized("fold its module, or unfold it"), "fold"), (localized("find a node…"), "find"),
    ]
    return menu
  }
}
