import Localization
import TerminalUI
import Trace

extension NodePane {
  /// With the views to click in place of the name of the one that is shown, where there is room.
  var titles: [PaneTitle] {
    let usual = PaneTitle(heading, trailing)
    guard let tensor = state.moment?.focus,
      let node = state.moment?.graph.node(named: tensor.node)
    else { return [usual] }
    let name = tensor.node
    let views: [TensorView] = node.kind == .parameter ? [.value, .gradient, .update] : [.value, .gradient]
    let shown = tensor.part == nil ? tensor.view : nil
    // What a tab is called does not depend on which of them is chosen.
    let tabs = views.map { view in
      (
        word: view == .value ? viewName(view, of: name) : view.word, command: "view \(view.rawValue)",
        isOn: view == shown
      )
    }
    let parts = tensor.parts.map { (word: $0, command: "view \($0)", isOn: $0 == tensor.part) }
    let controls = PaneTitle.controls(tabs + parts)
    let gap = TextLine(trailing.width > 0 ? "  " : "")
    let few = tabs + parts.filter(\.isOn)
    // Where there is little room, what the user has chosen of the picture comes before the view and the shape.
    let brief =
      chosenLook.width == 0
      ? [] : [heading, heading(hasView: false), TextLine()].map { PaneTitle($0, chosenLook) }
    return [
      PaneTitle(heading(hasView: false), controls + gap + trailing),
      PaneTitle(heading(hasView: false), PaneTitle.controls(few) + gap + trailing), usual,
    ] + brief
  }

  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    guard let name = state.shownNode else { return PaneMenu() }
    var menu = PaneMenu.ofNode(name)
    guard let cell = state.cellName else { return menu }
    menu.title = name + cell
    menu.entries =
      [
        (localized("copy the number"), "copy"), (localized("set it…"), "set-here"),
        (localized("what it is computed from"), "into"), (localized("show it in the bridge"), "pane bridge"),
        (localized("check its gradient"), "check"),
      ] + menu.entries
    return menu
  }
}
