import Localization
import TerminalUI

/// The commands that choose a layout and change it.
enum LayoutCommands {
  static var rows: [CommandRow] {
    [
      layout,
      pane("open", help: localized("open a pane and go to it")) { $0.open($1) },
      pane("toggle", help: localized("open a pane, or close it")) {
        if $0.isShown($1) { $0.close($1) } else { $0.open($1) }
      },
      .key("X", name: "close-pane", help: localized("close this pane; its number opens it again")) {
        $0.close($0.pane)
      },
      .key(")", name: "grow", help: localized("make this pane larger")) { $0.resize(by: 1) },
      .key("(", name: "shrink", help: localized("make this pane smaller")) { $0.resize(by: -1) },
    ]
  }

  private static var layout: CommandRow {
    let names = LayoutPreset.names
    var row = CommandRow.typed(
      "layout", names.joined(separator: "|"), .words(names), example: "watch",
      help: localized("choose which panes are shown and where")
    ) { (arguments, _) throws(ConsoleError) in
      let word = try arguments.word()
      guard let preset = LayoutPreset.named(word.text) else {
        throw ConsoleError(
          localized("'\(word.text)' is not one of \(names.joined(separator: ", "))."), at: word.column)
      }
      return { $0.choose(preset) }
    }
    row.bindings = LayoutPreset.all.map { preset in .init(key: preset.key) { $0.choose(preset) } }
    row.keysInShort = "F1–F\(LayoutPreset.all.count)"
    return row
  }

  /// Closes what is open, or the pane that is named.
  static func close(_ whatIsOpen: @escaping CommandAction) -> CommandRow {
    .key(
      .escape, name: "close", help: localized("close what is open, or a pane by its name"), does: whatIsOpen
    )
    .taking(localized("[PANE]"), .words(PaneTable.ids.map(\.name)), example: "batch") {
      (arguments, _) throws(ConsoleError) in
      let pane = try PaneTable.pane(arguments.word())
      return { $0.close(pane) }
    }
  }

  private static func pane(
    _ name: String, help: String, does action: @escaping @Sendable (inout DebuggerState, PaneID) -> Void
  ) -> CommandRow {
    .typed(name, localized("PANE"), .words(PaneTable.ids.map(\.name)), example: "batch", help: help) {
      (arguments, _) throws(ConsoleError) in
      let pane = try PaneTable.pane(arguments.word())
      return { action(&$0, pane) }
    }
  }
}

extension PaneTable {
  /// The pane that a word means: its number, or the beginning of its name or title.
  ///
  /// - Throws: ``ConsoleError`` if there is no such pane.
  static func pane(_ word: CommandArguments.Word) throws(ConsoleError) -> PaneID {
    let text = word.text.lowercased()
    let matches = ids.filter { id in
      text == digit(of: id).map { "\($0)" } ?? "\(number(of: id))"
        || [id.name, id.title.lowercased()].contains { $0.hasPrefix(text) }
    }
    guard matches.count == 1, let pane = matches.first else {
      let panes = ids.map { id in digit(of: id).map { "\($0) \(id.name)" } ?? "\(number(of: id)) \(id.name)" }
        .joined(separator: ", ")
      throw ConsoleError(localized("There is no pane '\(word.text)', only \(panes)."), at: word.column)
    }
    return pane
  }
}
