import Localization
import TerminalUI
import Trace

extension GradientsPane {
  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    guard let name = state.shownNode, state.parameterNames.contains(name) else { return PaneMenu() }
    return PaneMenu(
      title: name,
      entries: [
        (localized("its gradient in the node pane"), "view gradient"),
        (localized("stop at a large gradient…"), "type break norm(\(name).grad) >"),
        (localized("copy its name, shape and statistics"), "copy node"),
        (localized("copy its numbers as a table"), "copy table"),
        (localized("change the learning rate…"), "type lr"),
      ])
  }
}
