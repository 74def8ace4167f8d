import TerminalUI

extension CommandTable {
  /// The keys that change how a pane shows what it shows.
  static let looking = Group(
    heading: "Looking closer",
    entries: [
      look("o", .fold, "fold", "graph: fold the chosen node's module, and back"),
      look("O", .foldAll, "fold-all", "graph: fold the innermost modules, and so on"),
      look("/", .find, "find", "graph: find a node by its name", hint: "find"),
      look("N", .nextMatch, "next-match", "graph: the next node that was found"),
      look("[", .previousSlice, "previous-slice", "node: the slice or image before"),
      look("]", .nextSlice, "next-slice", "node: the slice or image after"),
      look("i", .images, "images", "node: rows as images, if they form squares"),
      look("e", .entries, "entries", "node: every entry, page by page, and back"),
      look("c", .colors, "colors", "node: other colours, safe for colour blindness"),
      look("s", .scale, "scale", "node: 4 σ, min to max, or a logarithmic scale"),
      look("S", .smoothing, "smoothing", "loss: smooth the curve more, and not at all"),
      look("a", .accuracy, "accuracy", "loss: the accuracy, and back"),
    ])

  private static func look(
    _ key: Key, _ look: Look, _ name: String, _ help: String, hint: String? = nil
  ) -> CommandEntry {
    .key(key, does: .look(look), name, help, hint: hint)
  }
}
