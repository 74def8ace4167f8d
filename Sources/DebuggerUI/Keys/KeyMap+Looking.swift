import TerminalUI

extension KeyMap {
  /// The keys that change how a pane shows what it shows.
  static let looking = Group(
    heading: "Looking closer",
    entries: [
      look("o", .fold, "graph: fold the chosen node's module to one box, and back"),
      look("O", .foldAll, "graph: fold all modules, the innermost first, and back"),
      look("/", .find, "graph: find a node by its name", hint: "find"),
      look("N", .nextMatch, "graph: the next node that was found"),
      look("[", .previousSlice, "node: the slice or image before; ] the one after", label: "[ ]"),
      look("]", .nextSlice, "", label: ""),
      look("i", .images, "node: rows as images, where their columns form a square"),
      look("e", .entries, "node: every entry, page by page, and back to the whole"),
      look("c", .colors, "node: the next colours, all safe for colour blindness"),
      look("s", .scale, "node: the next scale: 4 σ, min to max, logarithm to both sides"),
      look("S", .smoothing, "loss: smooth the curve more, and not at all"),
      look("a", .accuracy, "loss: the accuracy, and back"),
    ])

  private static func look(
    _ key: Character, _ look: Look, _ help: String, label: String? = nil, hint: String? = nil
  ) -> Entry {
    Entry(
      keys: [.character(key)], action: .look(look), label: label ?? String(key), help: help, hint: hint)
  }
}
