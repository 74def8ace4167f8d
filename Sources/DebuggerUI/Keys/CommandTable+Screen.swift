import TerminalUI

extension CommandTable {
  static let panes = Group(
    heading: "Panes",
    entries: [
      .key(.tab, does: .nextPane, "next-pane", "the next pane", hint: "pane"),
      .key(.backTab, does: .previousPane, "previous-pane", "the pane before"),
      pane,
      .key(.up, "k", does: .move(.up), "up", "choose a node; in the node pane, a cell"),
      .key(.down, "j", does: .move(.down), "down", "the same, downwards"),
      .key(.left, "h", does: .move(.left), "left", "the same, to the left"),
      .key(.right, "l", does: .move(.right), "right", "the same, to the right"),
      .key(.pageUp, does: .move(.pageUp), "page-up", "move by a page"),
      .key(.pageDown, does: .move(.pageDown), "page-down", "move by a page"),
      .key("v", does: .nextView, "view", "the node's value, gradient or last update", hint: "view")
        .taking("[VIEW]", .view, example: "gradient", ArgumentReading.view),
      .typed(
        "focus", "NODE", .node, example: "fc1.weight", "choose a node by its name", ArgumentReading.choice),
      .key("f", does: .followRun, "follow", "let the choice follow the run again"),
      .key("z", .enter, does: .zoom, "zoom", "the pane on the whole screen, and back", hint: "zoom"),
      .key("y", does: .logarithm, "logarithm", "logarithmic axis of the loss, and back"),
    ])

  private static var pane: CommandEntry {
    var entry = CommandEntry.typed(
      "pane", "NUMBER", .pane, example: "4", "go to a pane by its number", ArgumentReading.pane)
    entry.bindings = Pane.allCases.map {
      .init(key: .character(Character("\($0.rawValue)")), action: .pane($0))
    }
    entry.keysInShort = "1–\(Pane.allCases.count)"
    return entry
  }

  static let eventsPane = Group(
    heading: "In the events pane",
    entries: [
      .key(.enter, does: .goToEvent, "go", "go to the chosen event's moment", hint: "go", in: .events),
      .key(
        "e", does: .breakpoint(.toggle, number: nil), "switch", "the breakpoint on or off", hint: "on/off",
        in: .events
      )
      .taking("[NUMBER]", .breakpoint, example: "2", ArgumentReading.switched),
      .key(
        "d", .delete, does: .breakpoint(.delete, number: nil), "delete", "delete the breakpoint",
        hint: "delete", in: .events
      )
      .taking("[NUMBER]", .breakpoint, example: "2", ArgumentReading.deleted),
      .key(
        "u", does: .breakpoint(.searchBack, number: nil), "back-to", "back to where it was last true",
        hint: "last hit", in: .events
      )
      .taking("[NUMBER]", .breakpoint, example: "2", ArgumentReading.searchedBack),
    ])

  static let program = Group(
    heading: "Program",
    entries: [
      .key(":", does: .openConsole(""), "command", "type a command; tab completes it", hint: "type"),
      .key("?", .function(1), does: .help, "help", "keys and commands; letters narrow them", hint: "help"),
      .key(.escape, does: .back, "close", "back out of what is open"),
      .key("q", does: .quit, "quit", "quit; asks first if a run would be lost", hint: "quit"),
    ])
}
