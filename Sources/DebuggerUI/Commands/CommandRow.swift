import Localization
import TerminalUI
import Trace

/// What a command does to the state, which also keeps what is to be asked for.
typealias CommandAction = @Sendable (inout DebuggerState) -> Void

/// A row of the table of commands: the name to type, the keys that do the same, and what the help says of it.
package struct CommandRow: Sendable {
  /// Reads what follows the command's name.
  typealias Reader = @Sendable (CommandArguments, DebuggerState) throws(ConsoleError) -> CommandAction

  /// A key and what it does.
  struct Binding: Sendable {
    let key: Key
    let action: CommandAction
  }

  /// The name, in lower case, its words joined by hyphens: `next-phase`.
  let name: String
  /// Other names that are understood when typed.
  var otherNames: [String] = []
  var bindings: [Binding] = []
  /// The pane in which the keys do this; nil for all panes that have no row of their own for the key.
  var pane: PaneID?
  /// What the name alone does; nil where something must follow it.
  var action: CommandAction?
  /// What may follow the name, as the help writes it: `STEP`.
  var usage = ""
  /// An example of it; empty where nothing may follow.
  var example = ""
  /// What Tab completes behind the name.
  var argument = ArgumentKind.none
  /// Reads what follows the name; nil where nothing may.
  var read: Reader?
  /// What it does, in a few words.
  package let help: String
  /// What the line of key hints calls it; nil to leave it out.
  var hint: String?
  /// The pane in which alone it is hinted at, though its keys work in all.
  var hintPane: PaneID?
  /// How the help writes the keys, where they are not simply listed.
  var keysInShort: String?
  /// What a run must be capable of for this; nil where any run can do it.
  package var needs: RunCapability?
  /// Whether its keys have something to act on, so that their hints are worth the room.
  var isUseful: @Sendable (DebuggerState) -> Bool = { _ in true }

  /// The keys as the help writes them.
  package var label: String { keysInShort ?? bindings.map { KeyText.of($0.key) }.joined(separator: " ") }

  /// The command as it is typed, with what may follow it.
  package var typed: String { usage.isEmpty ? ":\(name)" : ":\(name) \(usage)" }

  /// A command with keys.
  static func key(
    _ keys: Key..., name: String, help: String, hint: String? = nil, in pane: PaneID? = nil,
    does action: @escaping CommandAction
  ) -> CommandRow {
    CommandRow(
      name: name, bindings: keys.map { Binding(key: $0, action: action) }, pane: pane, action: action,
      help: help, hint: hint)
  }

  /// A command that is only typed, and takes nothing.
  static func only(_ name: String, help: String, does action: @escaping CommandAction) -> CommandRow {
    CommandRow(name: name, action: action, help: help)
  }

  /// The same command with something that may follow its name.
  func taking(
    _ usage: String, _ argument: ArgumentKind = .none, example: String, _ read: @escaping Reader
  ) -> CommandRow {
    var row = self
    (row.usage, row.argument, row.example, row.read) = (usage, argument, example, read)
    return row
  }

  /// A command that is only typed, and needs something behind its name.
  static func typed(
    _ name: String, _ usage: String, _ argument: ArgumentKind = .none, example: String, help: String,
    _ read: @escaping Reader
  ) -> CommandRow {
    CommandRow(name: name, help: help).taking(usage, argument, example: example, read)
  }

  /// The same command, which only some runs can do.
  func needing(_ capability: RunCapability) -> CommandRow {
    var row = self
    row.needs = capability
    return row
  }

  /// The same command with a hint in one pane, though its keys work in all.
  func hinted(_ hint: String, in pane: PaneID) -> CommandRow {
    var row = self
    (row.hint, row.hintPane) = (hint, pane)
    return row
  }

  /// The same command under another name, too.
  func also(_ name: String) -> CommandRow {
    var row = self
    row.otherNames.append(name)
    return row
  }

  /// Why the run cannot do it, as a sentence; nil where it can.
  func obstacle(_ state: DebuggerState) -> String? { needs.flatMap(state.capabilities.obstacle) }

  /// The same command, whose hints are shown only where it has something to act on.
  func useful(where condition: @escaping @Sendable (DebuggerState) -> Bool) -> CommandRow {
    var row = self
    row.isUseful = condition
    return row
  }
}

/// Keys as the help and the hints write them.
enum KeyText {
  /// The key's name: `space`, `.`, `page up`.
  static func of(_ key: Key) -> String {
    switch key {
    case .character(" "): localized("space")
    case .character(let character): String(character)
    case .control(let character): localized("ctrl-\(character)")
    case .function(let number): "F\(number)"
    case .escape: localized("esc")
    case .backTab: localized("shift-tab")
    case .pageUp: localized("page up")
    case .pageDown: localized("page down")
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .enter: localized("enter")
    case .tab: localized("tab")
    case .backspace: localized("backspace")
    case .delete: "delete"
    case .insert: localized("insert")
    case .home: localized("home")
    case .end: localized("end")
    }
  }
}
