import TerminalUI

/// A line of the table of commands: a name to type, the keys that do the same, and what the help says of it.
struct CommandEntry: Sendable {
  /// Reads what stands behind the command's name.
  typealias Reader = @Sendable (CommandArguments, DebuggerState) throws(ConsoleError) -> Action

  /// A key, and what it does.
  struct Binding: Sendable {
    let key: Key
    let action: Action
  }

  /// The name, in lower case, its words joined by hyphens: `next-phase`.
  let name: String
  var bindings: [Binding] = []
  /// The pane in which the keys do this; nil for all where no entry is of that pane alone.
  var pane: Pane?
  /// What the name alone does; nil where something must follow it.
  var action: Action?
  /// What may follow the name, as the help writes it: `STEP`.
  var usage = ""
  /// An example of it; empty where nothing may follow.
  var example = ""
  /// What Tab completes behind the name.
  var argument = ArgumentKind.none
  /// Reads what follows the name; nil where nothing may.
  var read: Reader?
  let help: String
  /// What the line of hints calls it; nil to leave it out.
  var hint: String?
  /// How the help writes the keys, where they are not simply listed.
  var keysInShort: String?

  /// The keys as the help writes them.
  var label: String { keysInShort ?? bindings.map { KeyText.of($0.key) }.joined(separator: " ") }

  /// The command as it is typed, with what may follow it.
  var typed: String { usage.isEmpty ? ":\(name)" : ":\(name) \(usage)" }

  /// A command that keys give as well, and that takes nothing.
  static func key(
    _ keys: Key..., does action: Action, _ name: String, _ help: String, hint: String? = nil,
    in pane: Pane? = nil
  ) -> CommandEntry {
    CommandEntry(
      name: name, bindings: keys.map { Binding(key: $0, action: action) }, pane: pane, action: action,
      help: help,
      hint: hint)
  }

  /// A command that is only typed, and takes nothing.
  static func only(_ name: String, does action: Action, _ help: String) -> CommandEntry {
    CommandEntry(name: name, action: action, help: help)
  }

  /// The same command with something that may follow its name.
  func taking(
    _ usage: String, _ argument: ArgumentKind, example: String, _ read: @escaping Reader
  ) -> CommandEntry {
    var entry = self
    (entry.usage, entry.argument, entry.example, entry.read) = (usage, argument, example, read)
    return entry
  }

  /// A command that is only typed, and needs something behind its name.
  static func typed(
    _ name: String, _ usage: String, _ argument: ArgumentKind, example: String, _ help: String,
    _ read: @escaping Reader
  ) -> CommandEntry {
    CommandEntry(name: name, help: help).taking(usage, argument, example: example, read)
  }
}

/// What kind of word follows a command's name.
enum ArgumentKind: Sendable {
  case none, words, number, step, onOff, pace, file
  case node, parameterCell, breakpoint, condition, view, pane
}

/// Keys as the help and the hints write them.
enum KeyText {
  /// The key's name: `space`, `.`, `page up`.
  static func of(_ key: Key) -> String {
    switch key {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "ctrl-\(character)"
    case .function(let number): "F\(number)"
    case .escape: "esc"
    case .backTab: "shift-tab"
    case .pageUp: "page up"
    case .pageDown: "page down"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .enter, .tab, .backspace, .delete, .insert, .home, .end: "\(key)"
    }
  }
}
