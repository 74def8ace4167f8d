import Localization
import TerminalUI
import Trace

/// The commands that go from pane to pane, and those of the program.
enum ScreenCommands {
  static var panes: [CommandRow] {
    [
      .key(.tab, name: "next-pane", help: localized("go to the next pane"), hint: localized("pane")) {
        $0.pane = PaneTable.pane(1, after: $0.pane)
      },
      .key(.backTab, name: "previous-pane", help: localized("go to the previous pane")) {
        $0.pane = PaneTable.pane(-1, after: $0.pane)
      },
      pane,
      layout,
      .key(.up, "k", name: "up", help: localized("go up: to the node or the cell above")) { $0.move(.up) },
      .key(.down, "j", name: "down", help: localized("go down")) { $0.move(.down) },
      .key(.left, "h", name: "left", help: localized("go left")) { $0.move(.left) },
      .key(.right, "l", name: "right", help: localized("go right")) { $0.move(.right) },
      .key(.pageUp, name: "page-up", help: localized("move by a page")) { $0.move(.pageUp) },
      .key(.pageDown, name: "page-down", help: localized("move by a page")) { $0.move(.pageDown) },
    ]
  }

  private static var pane: CommandRow {
    let names = PaneTable.ids.map(\.name)
    var row = CommandRow.typed(
      "pane", localized("NUMBER"), .words(names), example: "4", help: localized("go to a pane by its number")
    ) { (arguments, _) throws(ConsoleError) in
      let word = try arguments.word()
      let matches = PaneTable.ids.enumerated().filter { index, id in
        Int(word.text) == index + 1
          || [id.name, id.title.lowercased()].contains { $0.hasPrefix(word.text.lowercased()) }
      }
      guard matches.count == 1, let pane = matches.first?.element else {
        let panes = names.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
        throw ConsoleError(localized("There is no pane “\(word.text)”, only \(panes)."), at: word.column)
      }
      return { $0.pane = pane }
    }
    row.bindings = PaneTable.ids.prefix(PaneTable.keyCount).enumerated().map { index, id in
      .init(key: .character(Character("\(index + 1)"))) { $0.pane = id }
    }
    row.keysInShort = "1–\(PaneTable.keyCount)"
    return row
  }

  private static var layout: CommandRow {
    .typed(
      "layout", "learn|debug", .words("learn", "debug"), example: "learn",
      help: localized("learn: the guide beside the node; debug: the usual panes")
    ) { (arguments, _) throws(ConsoleError) in
      let word = try arguments.word()
      guard ["learn", "debug"].contains(word.text.lowercased()) else {
        throw ConsoleError(localized("“\(word.text)” is not one of learn, debug."), at: word.column)
      }
      let pane: PaneID = word.text.lowercased() == "learn" ? .guide : .graph
      return {
        $0.isZoomed = false
        $0.pane = pane
      }
    }
  }

  static var zoom: [CommandRow] {
    [
      .key(
        "z", .enter, name: "zoom", help: localized("zoom this pane, or show all panes"),
        hint: localized("zoom")
      ) {
        $0.isZoomed.toggle()
      }
    ]
  }

  static var program: [CommandRow] {
    [
      .key(":", name: "command", help: localized("type a command; tab completes it"), hint: localized("type"))
      {
        $0.console = Console()
      },
      .key(
        "?", .function(1), name: "help", help: localized("show this help; type to search it"),
        hint: localized("help")
      ) {
        $0.overlay = HelpOverlay(CommandTable.standard.help($0), words: $0.lessons)
      },
      .key(.escape, name: "close", help: localized("close what is open")) { $0.close() },
      .key(
        "q", name: "quit", help: localized("quit; asks first if the run would be lost"),
        hint: localized("quit")
      ) {
        if $0.asksBeforeQuitting { $0.overlay = QuitQuestion() } else { $0.effects.append(.quit) }
      },
    ]
  }
}

extension DebuggerState {
  /// Moves within the focused pane.
  fileprivate mutating func move(_ direction: MoveDirection) {
    PaneTable.pane(pane).move(direction, &self, areas[pane, default: Rect(.zero)])
  }

  /// Dismisses the warnings, what a pane has open, the zoom, or the choice of a node: the first that there is.
  fileprivate mutating func close() {
    if !warnings.isEmpty {
      warnings.removeAll()
      return
    }
    for pane in PaneTable.panes where pane.close(&self) { return }
    if isZoomed {
      isZoomed = false
    } else if course.isOpen, focus.node == nil {
      leaveCourse()
    } else {
      choose(Focus())
    }
  }
}
