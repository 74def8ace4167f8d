import Localization
import TerminalUI

/// The command that chooses the colours of the screen.
enum ThemeCommand {
  /// The names that can be typed: those of the themes, and `auto` for the one that fits the terminal.
  private static let names = Theme.names + [Theme.automatic]

  static var row: CommandRow {
    .typed(
      "theme", localized("NAME"), .words(names), example: "light",
      help: localized("choose the colours: \(names.joined(separator: ", "))")
    ) { (arguments, _) throws(ConsoleError) in
      let word = try arguments.word()
      let name = word.text.lowercased()
      guard names.contains(name) else {
        throw ConsoleError(
          localized("There is no theme '\(word.text)', only \(names.joined(separator: ", "))."),
          at: word.column)
      }
      return {
        $0.themeChoice.name = name == Theme.automatic ? nil : name
        $0.notice = Notice(localized("The theme is \($0.themeChoice.theme.name)."))
      }
    }
  }
}
