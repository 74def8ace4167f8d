import TerminalUI

/// The one table of all commands, from which keys, hints, help and the command line are made.
package enum CommandTable {
  /// A part of the table under its heading.
  struct Group: Sendable {
    let heading: String
    let entries: [CommandEntry]
  }

  static let groups = [transport, breakpoints, changes, panes, looking, eventsPane, program]

  static let entries = groups.flatMap(\.entries)

  private struct Place: Hashable {
    let key: Key
    let pane: Pane?
  }

  private static let actions: [Place: Action] = Dictionary(
    entries.flatMap { entry in
      entry.bindings.map { (Place(key: $0.key, pane: entry.pane), $0.action) }
    },
    uniquingKeysWith: { first, _ in first })

  /// What a key does while a pane has the focus; nil for nothing.
  static func action(for key: Key, in pane: Pane) -> Action? {
    actions[Place(key: key, pane: pane)] ?? actions[Place(key: key, pane: nil)]
  }

  /// Every key of the table.
  package static var keys: Set<Key> { Set(entries.flatMap(\.bindings).map(\.key)) }

  /// Every name of the table.
  package static var names: [String] { entries.map(\.name) }

  /// An example of every command that takes something.
  package static var samples: [String] {
    entries.filter { !$0.example.isEmpty }.map { "\($0.name) \($0.example)" }
  }

  /// The hint line's contents, the most important first: what is of the focused pane alone before the rest, and the
  /// way out before what there is not always room for.
  static func hints(in pane: Pane) -> [KeyHints.Hint] {
    let ofPane = entries.filter { $0.pane == pane && $0.hint != nil }
    let steps = ["step", "back", "next-phase", "next-iteration"]
    let ways = ["help", "command", "quit"]
    let order =
      ["play"] + (ofPane.isEmpty ? steps + ways : ["help", "quit", "command"] + steps) + ["next-pane"]
    let general =
      order.compactMap(entry(named:))
      + [entry(named: "view"), entry(named: "zoom"), entry(named: "find")].compactMap { $0 }
    return (ofPane + general).compactMap { entry in
      guard let hint = entry.hint, let key = entry.bindings.first?.key else { return nil }
      return KeyHints.Hint(KeyText.of(key), hint)
    }
  }

  /// The entry of exactly that name.
  static func entry(named name: String) -> CommandEntry? { entries.first { $0.name == name } }

  /// The entries whose name begins so; one alone where it is the whole name.
  static func entries(beginning prefix: String) -> [CommandEntry] {
    if let exact = entry(named: prefix) { return [exact] }
    return entries.filter { $0.name.hasPrefix(prefix) }
  }
}
