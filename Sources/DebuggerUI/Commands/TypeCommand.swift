import Localization
import Trace

/// Opens the command line with a beginning, as entries of menus do for commands that need more.
enum TypeCommand {
  static let name = "type"

  static var rows: [CommandRow] {
    [
      .typed(
        name, localized("WORDS"), example: "break loss > 10",
        help: localized("open the command line with these words")
      ) { (arguments, _) throws(ConsoleError) in
        { $0.console = Console(arguments.text + " ") }
      },
      .key("=", name: "set-here", help: localized("type a new number for the chosen cell")) { state in
        guard let tensor = state.moment?.focus, let cell = state.cellName, tensor.view == .value,
          state.parameterNames.contains(tensor.node)
        else {
          state.notice = .problem(
            localized("Only a cell of a parameter's weight can be set: choose one first."))
          return
        }
        state.console = Console("set \(tensor.node)\(cell) ")
      }
      .needing(.changeValues),
    ]
  }
}
