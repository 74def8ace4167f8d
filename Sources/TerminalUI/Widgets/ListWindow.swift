/// Which rows of a list are in view.
package enum ListWindow {
  /// The `height` rows from `first` on, moved so that the chosen one is among them and the end of the
  /// list leaves no empty rows.
  package static func visible(count: Int, height: Int, selected: Int?, first: Int) -> Range<Int> {
    let height = max(0, height)
    let count = max(0, count)
    var start = max(0, min(first, count - height))
    if let selected, height > 0, selected >= 0, selected < count {
      start = max(min(start, selected), selected - height + 1)
    }
    return start..<max(start, min(count, start.addingClamped(height)))
  }
}
