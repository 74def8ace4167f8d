import Localization
import TerminalUI

/// All commands, from which keys, hints, help and the command line are made.
package struct CommandTable: Sendable {
  /// A part of the table under its heading.
  package struct Group: Sendable {
    /// What its commands have in common.
    package let heading: String
    /// Its commands.
    package let rows: [CommandRow]
  }

  private struct Place: Hashable {
    let key: Key
    let pane: PaneID?
  }

  /// The parts of the table, in the order of the help.
  package let groups: [Group]
  /// The rows of all groups.
  let rows: [CommandRow]
  private let places: [Place: (row: CommandRow, action: CommandAction)]

  /// A table of these groups; of two rows for one key the first counts.
  init(_ groups: [Group]) {
    self.groups = groups
    rows = groups.flatMap(\.rows)
    places = Dictionary(
      rows.flatMap { row in
        row.bindings.map { (Place(key: $0.key, pane: row.pane), (row, $0.action)) }
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a key does while a pane has the focus; nil for nothing.
  func action(for key: Key, in pane: PaneID) -> (row: CommandRow, action: CommandAction)? {
    places[Place(key: key, pane: pane)] ?? places[Place(key: key, pane: nil)]
  }

  /// Every key of the table.
  package var keys: Set<Key> { Set(rows.flatMap(\.bindings).map(\.key)) }

  /// Every name of the table.
  package var names: [String] { rows.map(\.name) }

  /// An example of every command that takes something.
  package var samples: [String] { rows.filter { !$0.example.isEmpty }.map { "\($0.name) \($0.example)" } }

  /// The line of hints at a width: as many as there is room for, the focused pane's own keys first, and at its end
  /// always how to get help and how to quit.
  func hints(_ state: DebuggerState, width: Int) -> [KeyHints.Hint] {
    // A step of the course that is done takes enter first.
    let isTaken = state.course.isOpen && state.course.done != nil
    let own = rows.filter {
      ($0.hintPane ?? $0.pane) == state.pane && $0.hint != nil && $0.isUseful(state)
        && !(isTaken && $0.bindings.first?.key == .enter)
    }
    let isNarrow = width < Self.narrow
    let order =
      isNarrow
      ? ["play", "next-node", "next-pane", "view", "zoom", "command", "next-phase", "next-step"]
      : ["play", "next-node", "previous-node", "next-phase", "next-step", "command"]
    let last = ["help", "quit"]
    // A key of the pane's own does nothing else there.
    let taken = Set(own.compactMap { $0.bindings.first?.key })
    let rest = rows.filter { row in
      row.pane == nil && row.hintPane == nil && row.hint != nil && !(order + last).contains(row.name)
        && row.bindings.first.map { !taken.contains($0.key) } ?? true
    }
    func hints(_ rows: [CommandRow]) -> [KeyHints.Hint] {
      rows.compactMap { row in
        guard var hint = row.hint, let key = row.bindings.first?.key else { return nil }
        if isNarrow, row.name == "play" { hint = state.isRunning ? localized("pause") : localized("go on") }
        return KeyHints.Hint(KeyText.of(key), hint, isDim: row.obstacle(state) != nil, press: key)
      }
    }
    return KeyHints.fitting(
      hints(
        own
          + order.compactMap(row(named:)).filter { $0.bindings.first.map { !taken.contains($0.key) } ?? true }
          + rest), last: hints(last.compactMap(row(named:))),
      width: width)
  }

  /// On fewer columns what is on the screen comes before some of the steps through the run.
  private static let narrow = 100

  /// What the help says.
  func help(_ state: DebuggerState) -> [HelpOverlay.Section] {
    groups.map { group in
      HelpOverlay.Section(
        heading: group.heading,
        entries: group.rows.map { row in
          HelpOverlay.Entry(
            keys: row.label, typed: row.typed, text: row.help, obstacle: row.obstacle(state),
            alsoCalled: HelpWords.of(row.name))
        })
    }
  }

  /// The row of exactly that name.
  func row(named name: String) -> CommandRow? {
    rows.first { $0.name == name || $0.otherNames.contains(name) }
  }

  /// The rows whose name begins so; one alone where it is the whole name.
  func rows(beginning prefix: String) -> [CommandRow] {
    if let exact = row(named: prefix) { return [exact] }
    return rows.filter { $0.name.hasPrefix(prefix) }
  }
}
