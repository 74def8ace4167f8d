import Localization
import TerminalUI
import Trace

/// The commands around the mouse: the menu that its right button opens, and who has it.
enum MouseCommands {
  static var rows: [CommandRow] {
    [
      .key(
        "M", .function(10), name: "menu",
        help: localized("what can be done with what is chosen; the right button opens it too")
      ) { $0.openMenu(at: nil) },
      .typed(
        "mouse", "on|off", .words("on", "off"), example: "off",
        help: localized("off: the terminal selects text with the mouse, as outside of this program")
      ) { (arguments, _) throws(ConsoleError) in
        let isOn = try arguments.onOrOff()
        return { state in
          state.effects.append(.mouse(isOn))
          state.notice = Notice(
            isOn
              ? localized("the mouse works in the panes again")
              : localized("the mouse selects text in the terminal; :mouse on takes it back"))
        }
      },
    ]
  }
}
