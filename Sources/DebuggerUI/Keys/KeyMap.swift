import TerminalUI

/// Which key does what: the one table from which keys are obeyed, hinted at and explained.
enum KeyMap {
  /// A line of the table.
  struct Entry: Sendable {
    let keys: [Key]
    let action: Action
    /// The keys as the help writes them; empty for keys explained by another line.
    let label: String
    let help: String
    /// What the hint line calls it; nil to leave it out.
    let hint: String?
  }

  /// A group of the table under its heading.
  struct Group: Sendable {
    let heading: String
    let entries: [Entry]
  }

  static let groups = [transport, panes, looking, program]

  static let transport = Group(
    heading: "Transport",
    entries: [
      entry(
        [.character(" ")], .playOrPause, "space",
        "run, or pause inside the node that runs next",
        "run/pause"),
      entry([.character(".")], .stepNode, ".", "one node on: runs it, or moves through the past", "node"),
      entry([.character(",")], .stepNodeBack, ",", "one node back", "back"),
      entry(
        [.character("n")], .stepPhase, "n", "on to the next of batch, forward, loss, backward, update",
        "phase"),
      entry([.character("p")], .stepPhaseBack, "p", "back to the phase before", nil),
      entry(
        [.character(">")], .stepIteration, ">", "one iteration on, to the same node of the next", "iteration"
      ),
      entry([.character("<")], .stepIterationBack, "<", "one iteration back, to the same node", nil),
      entry([.home], .toStart, "home", "the first moment of the run", nil),
      entry([.end], .toHead, "end", "the head: as far as training has run", nil),
      entry([.character("m")], .setMark, "m", "mark this moment", nil),
      entry([.character("'")], .toMark, "'", "return to the mark", nil),
      entry([.character("{")], .slower, "{ }", "halve or double the pace of training", nil),
      entry([.character("}")], .faster, "", "", nil),
      entry([.backspace], .fullSpeed, "backspace", "train as fast as can be", nil),
    ])

  static let panes = Group(
    heading: "Panes",
    entries: [
      entry([.tab], .nextPane, "tab", "go to the next pane; shift-tab to the one before", "pane"),
      entry([.backTab], .previousPane, "", "", nil),
      entry([.character("v")], .nextView, "v", "look at the node's value, gradient or last update", "view"),
      entry(
        [.character("z"), .enter], .zoom, "z  enter", "give the pane the whole screen, and back", "zoom"),
      entry(
        [.up, .character("k")], .move(.up), "arrows  hjkl", "choose a node; in the node pane, a cell", nil),
      entry([.down, .character("j")], .move(.down), "", "", nil),
      entry([.left, .character("h")], .move(.left), "", "", nil),
      entry([.right, .character("l")], .move(.right), "", "", nil),
      entry([.pageUp], .move(.pageUp), "page up/down", "move by a page", nil),
      entry([.pageDown], .move(.pageDown), "", "", nil),
      entry([.character("f")], .followRun, "f", "let the choice follow the run again", nil),
      entry([.character("y")], .logarithm, "y", "logarithmic axis of the loss, and back", nil),
    ]
      + Pane.allCases.map { pane in
        entry(
          [.character(Character("\(pane.rawValue)"))], .pane(pane),
          pane == .graph ? "1–\(Pane.allCases.count)" : "",
          "go to a pane by its number", nil)
      })

  static let program = Group(
    heading: "Program",
    entries: [
      entry([.character("?"), .function(1)], .help, "?", "these keys", "help"),
      entry([.escape], .back, "esc", "back out of what is open", nil),
      entry([.character("q")], .quit, "q", "quit; asks first while training runs", "quit"),
    ])

  private static let actions: [Key: Action] = Dictionary(
    groups.flatMap(\.entries).flatMap { entry in entry.keys.map { ($0, entry.action) } },
    uniquingKeysWith: { first, _ in first })

  /// What a key does; nil for nothing.
  static func action(for key: Key) -> Action? { actions[key] }

  /// The hint line's contents, the most important first.
  static var hints: [KeyHints.Hint] {
    let order = ["space", ".", ",", "n", ">", "?", "q", "tab", "v", "z  enter"]
    let entries = groups.flatMap(\.entries)
    return order.compactMap { label in
      entries.first { $0.label == label }.flatMap { entry in
        entry.hint.map { KeyHints.Hint(label == "z  enter" ? "z" : label, $0) }
      }
    }
  }

  private static func entry(
    _ keys: [Key], _ action: Action, _ label: String, _ help: String, _ hint: String?
  ) -> Entry {
    Entry(keys: keys, action: action, label: label, help: help, hint: hint)
  }
}
