import Localization
import Trace

/// Reads a line that was typed: the name of a command, or its beginning, and what follows it.
enum ConsoleParser {
  /// The command that a line begins with, and where its name ends.
  struct Head {
    let row: CommandRow
    let end: Int
  }

  /// What the line asks for; nil where it is empty.
  ///
  /// - Throws: ``ConsoleError`` with the character at which it goes wrong.
  static func action(
    for line: String, _ table: CommandTable, _ state: DebuggerState
  ) throws(ConsoleError) -> (row: CommandRow, action: CommandAction)? {
    let characters = Array(line)
    guard let head = try head(of: characters, table) else { return nil }
    // What the run cannot do needs no arguments: to carry it out says why.
    guard head.row.obstacle(state) == nil else { return (head.row, { _ in }) }
    let arguments = CommandArguments(characters, from: head.end, of: head.row)
    if arguments.text.isEmpty {
      if let action = head.row.action { return (head.row, action) }
      throw ConsoleError(
        localized("\(head.row.name) needs a value, such as \(arguments.sample)."), at: characters.count)
    }
    guard let read = head.row.read else {
      throw ConsoleError(localized("\(head.row.name) takes nothing after its name."), at: arguments.column)
    }
    return (head.row, try read(arguments, state))
  }

  /// The command that a line begins with; nil where it is empty.
  ///
  /// The words of a name may be separated by spaces as well as by hyphens, and each name may be cut short.
  ///
  /// - Throws: ``ConsoleError`` if it begins with no command, or may begin with several.
  static func head(of characters: [Character], _ table: CommandTable) throws(ConsoleError) -> Head? {
    let words = CommandArguments.words(of: characters)
    guard let first = words.first else { return nil }
    // Two words are tried first, since `run to` begins with another command's name; but what follows a
    // command that takes something is not the rest of a name unless it is all of it.
    let takesWords = table.row(named: first.text.lowercased())?.read != nil
    if words.count > 1 {
      let joined = words[..<2].map { $0.text.lowercased() }.joined(separator: "-")
      let found = table.rows(beginning: joined)
      if found.count == 1, !takesWords || found[0].name == joined {
        return Head(row: found[0], end: words[1].column + words[1].text.count)
      }
    }
    let found = table.rows(beginning: first.text.lowercased())
    guard let row = found.first else {
      let guess =
        NearestNames.names(to: first.text, among: table.names).first
        ?? HelpWords.command(called: first.text, among: table.names)
      throw ConsoleError(
        guess.map { localized("No command begins with '\(first.text)'; did you mean \($0)?") }
          ?? localized("No command begins with '\(first.text)': ? lists them all."),
        at: first.column)
    }
    guard found.count == 1 else {
      let names = found.map(\.name)
      throw ConsoleError(
        localized(
          "'\(first.text)' could be \(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1]): type more of it."
        ),
        at: first.column + first.text.count)
    }
    return Head(row: row, end: first.column + first.text.count)
  }
}
