/// Reads a line that was typed: the name of a command, or its beginning, and what follows it.
enum ConsoleParser {
  /// The command that a line begins with, and where its name ends.
  struct Head {
    let entry: CommandEntry
    let end: Int
  }

  /// What the line asks for; nil where it is empty.
  ///
  /// - Throws: ``ConsoleError`` with the character that does not fit.
  static func action(for line: String, in state: DebuggerState) throws(ConsoleError) -> Action? {
    let characters = Array(line)
    guard let head = try head(of: characters) else { return nil }
    let arguments = CommandArguments(characters, from: head.end, of: head.entry)
    if arguments.text.isEmpty {
      if let action = head.entry.action { return action }
      throw ConsoleError("\(head.entry.name) needs more: \(arguments.sample).", at: characters.count)
    }
    guard let read = head.entry.read else {
      throw ConsoleError("\(head.entry.name) stands alone: nothing may follow it.", at: arguments.column)
    }
    return try read(arguments, state)
  }

  /// The command that a line begins with; nil where it is empty.
  ///
  /// The words of a name may be parted by spaces as well as by hyphens, and each name may be cut short.
  ///
  /// - Throws: ``ConsoleError`` if it begins with none, or might with several.
  static func head(of characters: [Character]) throws(ConsoleError) -> Head? {
    let words = CommandArguments.words(of: characters)
    guard let first = words.first else { return nil }
    // Two words are tried first, since `run to` begins with another command's name; but what follows a
    // command that takes something is not the rest of a name unless it is all of it.
    let takesWords = CommandTable.entry(named: first.text.lowercased())?.read != nil
    if words.count > 1 {
      let joined = words[..<2].map { $0.text.lowercased() }.joined(separator: "-")
      let found = CommandTable.entries(beginning: joined)
      if found.count == 1, !takesWords || found[0].name == joined {
        return Head(entry: found[0], end: words[1].column + words[1].text.count)
      }
    }
    let found = CommandTable.entries(beginning: first.text.lowercased())
    guard let entry = found.first else {
      let guess = Spelling.nearest(to: first.text, among: CommandTable.entries.map(\.name))
      throw ConsoleError(
        "No command begins with “\(first.text)”"
          + (guess.map { "; did you mean \($0)?" } ?? ": ? lists them all."),
        at: first.column)
    }
    guard found.count == 1 else {
      let names = found.map(\.name)
      throw ConsoleError(
        "“\(first.text)” may be \(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1]): type more of it.",
        at: first.column + first.text.count)
    }
    return Head(entry: entry, end: first.column + first.text.count)
  }
}
