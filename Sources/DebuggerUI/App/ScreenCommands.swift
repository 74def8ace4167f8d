import Localization
import TerminalUI
import Trace

/// The commands that go from pane to pane, and those of the program.
enum ScreenCommands {
  static var panes: [CommandRow] {
    [
      .key(.tab, name: "next-pane", help: localized("go to the next pane"), hint: localized("pane")) {
        $0.pane = $0.openPane(1, after: $0.pane)
      },
      .key(.backTab, name: "previous-pane", help: localized("go to the previous pane")) {
        $0.pane = $0.openPane(-1, after: $0.pane)
      },
      pane,
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
      let pane = try PaneTable.pane(arguments.word())
      return { $0.pane = pane }
    }
    row.bindings = PaneTable.ids.compactMap { id in
      PaneTable.digit(of: id).map { .init(key: .character($0)) { $0.go(to: id) } }
    }
    row.keysInShort = "0–9"
    return row
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
      .key(
        ":", name: "command", help: localized("type a command; tab completes it"), hint: localized("command")
      ) {
        $0.console = Console()
      },
      .key(
        "?", name: "help", help: localized("show this help; type to search it"),
        hint: localized("help")
      ) {
        $0.overlay = HelpOverlay($0.commands.help($0), words: $0.lessons)
      },
      LayoutCommands.close { $0.close() },
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

  /// Goes to a pane by its digit; from another one that was zoomed all panes are shown, and `z` zooms this one.
  fileprivate mutating func go(to pane: PaneID) {
    if pane != self.pane { isZoomed = false }
    self.pane = pane
  }

  /// Stops a seek, dismisses the warnings, what a pane has open, the zoom, or the choice of a node: the first that there is.
  fileprivate mutating func close() {
    if stopWork() { return }
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
