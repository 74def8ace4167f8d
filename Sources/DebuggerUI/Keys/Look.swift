/// What a key does to what the panes show, without a word to the run but for what it is to show.
enum Look: Hashable, Sendable {
  /// Folds the chosen node's module, or unfolds it; all modules, level by level.
  case fold, foldAll
  /// Opens the line that finds a node by its name; goes to the next that it found.
  case find, nextMatch
  /// The slice before and after, of a tensor of rank three or more, or the image before and after.
  case previousSlice, nextSlice
  /// Rows as images; every entry in pages, nothing left out.
  case images, entries
  /// The next colour map; the next scale of the colours.
  case colors, scale
  /// The next strength of smoothing; the accuracy in the loss's place.
  case smoothing, accuracy
}
