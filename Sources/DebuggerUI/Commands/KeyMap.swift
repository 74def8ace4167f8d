import Localization
import TerminalUI
import Trace

/// The keys that the user has chosen for commands.
package struct KeyMap: Sendable, Equatable {
  /// The keys of one command.
  struct Choice: Sendable, Equatable {
    /// The command's name.
    let name: String
    /// The whole line, where something follows the name; nil to take the command as its keys do.
    let line: String?
    let keys: [Key]
  }

  private(set) var choices: [Choice] = []

  /// No choices.
  package init() {}

  /// Whether nothing is chosen.
  package var isEmpty: Bool { choices.isEmpty }

  /// Gives a command some keys, or none; a line such as `goto 300` gets them beside the command's own.
  ///
  /// - Throws: ``KeyMapError`` where there is no such command or key, or a key has been given to another command.
  package mutating func set(_ command: String, to names: [String]) throws(KeyMapError) {
    let row = try KeyMap.row(command)
    var keys: [Key] = []
    for name in names { keys.append(try KeyName.key(name)) }
    let line = command == row.name || row.otherNames.contains(command) ? nil : command
    for (key, name) in zip(keys, names) {
      if let other = choices.first(where: { $0.keys.contains(key) && KeyMap.meet($0, row) }) {
        throw KeyMapError(localized("'\(name)' is already the key of \(other.line ?? other.name)."))
      }
    }
    choices.append(Choice(name: row.name, line: line, keys: keys))
  }

  /// The row of a command, or of a line that begins with it.
  private static func row(_ command: String) throws(KeyMapError) -> CommandRow {
    let table = CommandTable.standard
    let name = command.prefix { !$0.isWhitespace }.lowercased()
    guard let row = table.row(named: name) else {
      let near = NearestNames.names(to: name, among: table.names).first
      throw KeyMapError(
        near.map { localized("There is no command '\(name)'; did you mean '\($0)'?") }
          ?? localized("There is no command '\(name)': tapedeck config --example lists them all."),
        isAboutCommand: true)
    }
    let hasMore = command.count > name.count
    if hasMore, row.read == nil {
      throw KeyMapError(localized("\(row.name) takes nothing after its name."), isAboutCommand: true)
    }
    if !hasMore, row.action == nil {
      throw KeyMapError(
        localized("\(row.name) needs a value: name one, such as '\(row.name) \(row.example)'."),
        isAboutCommand: true)
    }
    return row
  }

  /// Whether a key would mean both; a pane's own keys go before those for all panes.
  private static func meet(_ choice: Choice, _ row: CommandRow) -> Bool {
    CommandTable.standard.row(named: choice.name)?.pane == row.pane
  }
}

extension CommandTable {
  /// The table with the keys that the user has chosen; what has lost its key to them can still be typed.
  func with(_ map: KeyMap) -> CommandTable {
    guard !map.isEmpty else { return self }
    let taken = map.choices.flatMap { choice in
      choice.keys.map { (key: $0, pane: row(named: choice.name)?.pane) }
    }
    return CommandTable(
      groups.map { group in
        Group(heading: group.heading, rows: group.rows.map { CommandTable.row($0, map, taken) })
      })
  }

  private static func row(
    _ row: CommandRow, _ map: KeyMap, _ taken: [(key: Key, pane: PaneID?)]
  ) -> CommandRow {
    var row = row
    let choices = map.choices.filter { $0.name == row.name }
    let bindings = row.bindings.filter { binding in
      !taken.contains { $0.key == binding.key && ($0.pane == nil || $0.pane == row.pane) }
    }
    let hasLost = bindings.count != row.bindings.count
    row.bindings = bindings
    if let choice = choices.last(where: { $0.line == nil }), let action = row.action {
      row.bindings = choice.keys.map { .init(key: $0, action: action) }
      row.keysInShort = nil
    } else if hasLost {
      row.keysInShort = nil
    }
    let lines = choices.flatMap { choice in
      choice.line.map { line in choice.keys.map { key in (key, line) } } ?? []
    }
    if let short = row.keysInShort, !lines.isEmpty {
      row.keysInShort = ([short] + lines.map { KeyText.of($0.0) }).joined(separator: " ")
    }
    row.bindings += lines.map { key, line in
      CommandRow.Binding(key: key) { $0.carryOut(line, $0.commands) }
    }
    return row
  }
}

/// The table of commands that a screen uses.
private struct OwnCommands: StatePart {
  /// The table with the user's keys; nil for the usual one.
  var table: CommandTable?
}

extension DebuggerState {
  /// All commands, with the keys that the user has chosen.
  var commands: CommandTable { parts[OwnCommands.self].table ?? .standard }

  /// Uses the keys that the user has chosen.
  package mutating func use(_ map: KeyMap) { parts[OwnCommands.self].table = CommandTable.standard.with(map) }
}

extension CommandTable {
  /// The words that may follow a command's name, such as the names of layouts; none where there is no such command.
  package func words(after name: String) -> [String] {
    guard let row = row(named: name) else { return [] }
    return row.argument.candidates("", DebuggerState(size: Size(width: 80, height: 24))).map(\.text)
  }

  /// Each command that has keys or can have some, with the names of its keys, by the headings of the help.
  package var keyNames: [(heading: String, commands: [(name: String, keys: [String], help: String)])] {
    groups.map { group in
      (
        group.heading,
        group.rows.filter { $0.action != nil }.map { row in
          (row.name, row.bindings.map { KeyName.of($0.key) }, row.help)
        }
      )
    }
    .filter { !$0.1.isEmpty }
  }
}
