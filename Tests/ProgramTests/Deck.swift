import Foundation
import TestSupport

/// The program on a screen: its keys, and what its screen says about its position.
struct Deck {
  let screen: TmuxScreen

  /// Starts the program in a terminal of that size; `body` sees it once the run is on the screen.
  static func open(
    _ options: String, columns: Int = 120, rows: Int = 40, _ body: (Deck) throws -> Void
  ) throws {
    let screen = try TmuxScreen(columns: columns, rows: rows)
    defer { screen.close() }
    try screen.enter("$tapedeck train \(options)")
    try screen.wait(for: "the run on the screen") { Deck.place($0) != nil }
    try body(Deck(screen: screen))
  }

  /// Presses keys by tmux' names.
  func press(_ keys: String...) throws { for key in keys { try screen.press(key) } }

  /// Waits until the run is there, `backward 2 fc2.linear gradient`.
  func wait(at place: String) throws {
    try screen.wait(for: "the run to be at '\(place)'") { Deck.place($0) == place }
  }

  /// Waits until the status line begins so, and returns the step it names.
  @discardableResult
  func wait(status: String) throws -> Int {
    let rows = try screen.wait(for: "the status \(status)") {
      Deck.status($0)?.hasPrefix(status) == true && Deck.step($0) != nil
    }
    return Deck.step(rows) ?? 0
  }

  /// Waits until the panes fill a window with so many rows.
  @discardableResult
  func wait(rows: Int) throws -> [String] {
    try screen.wait(for: "the panes in \(rows) rows") { lines in
      lines.count > rows && lines[0].contains("TAPEDECK") && lines[rows - 1].contains("space ")
    }
  }

  /// The status line.
  static func status(_ rows: [String]) -> String? {
    rows.count > 1 ? rows[1].trimmingCharacters(in: .whitespaces) : nil
  }

  /// The step that the status line names.
  static func step(_ rows: [String]) -> Int? {
    guard let text = status(rows)?.firstMatch(of: /(?:step|paso) ([0-9\h]+) (?:of|de)/)?.1 else { return nil }
    return Int(text.filter(\.isNumber))
  }

  /// The position of the run by the titles of the graph and the node pane: phase and number, node and view.
  static func place(_ rows: [String]) -> String? {
    let screen = rows.joined(separator: "\n")
    let view =
      "(value|weight|old gradient|gradient|last update|update|valor|peso|gradiente(?: anterior)?|último cambio)"
    guard let graph = screen.firstMatch(of: /1 (?:Graph|Grafo) +(\w+ \d+)/)?.1,
      let title = rows.first(where: { $0.contains(#/2 (?:Node|Nodo) /#) }),
      let node = title.firstMatch(of: /2 (?:Node|Nodo) +(\S+)/)?.1,
      // The view that is shown stands in brackets where the others can be clicked.
      let shown = match("\\[\(view)\\]", title)
        ?? match("2 Nod[eo] +\\S+ \(view) ", title)
    else { return nil }
    // A weight is called so once its node is known.
    return "\(graph) \(node) \(shown)".replacing(" weight", with: " value")
  }

  /// What the group of an expression is in a line.
  private static func match(_ expression: String, _ line: String) -> Substring? {
    (try? Regex(expression, as: (Substring, Substring).self)).flatMap { line.firstMatch(of: $0)?.1 }
  }
}
