import Localization
import TerminalUI
import Trace

extension EventsPane {
  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    switch state.chosenInEvents {
    case .breakpoint(let number)?:
      PaneMenu(
        title: localized("breakpoint \(number)"),
        entries: [
          (localized("switch it on or off"), "switch \(number)"),
          (localized("go back to its last hit"), "back-to \(number)"),
          (localized("delete it"), "delete \(number)"),
        ])
    case .event(let number)?:
      PaneMenu(
        title: state.events[number].map { localized("step \($0.event.position.step)") } ?? "",
        entries: [(localized("go to its moment"), "go")])
    case nil: PaneMenu()
    }
  }
}
