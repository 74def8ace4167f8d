import TerminalUI

/// Where the parts of the list of recordings are: a function of the size of the screen and of what there is to show.
struct RunListLayout {
  /// The smallest screen that shows anything useful.
  static let smallest = Size(width: 40, height: 10)

  let header: Rect
  /// The list with its frame; empty while the curves take the whole screen.
  let list: Rect
  /// What is known of the selected recording.
  let detail: Rect
  /// The curves with their frame; empty where the settings are in their place.
  let curves: Rect
  /// The settings that differ, with their frame; empty where there is nothing to compare or no room.
  let settings: Rect
  let footer: Rect

  /// The rows of the list inside the frame, below the headings.
  var rows: Rect { list.inset(left: 1, top: 2, right: 1, bottom: 1) }

  /// From this width on the settings are beside the curves.
  private static let wide = 110
  /// From this height on they are below them.
  private static let tall = 22

  /// The layout of a state's screen.
  init(_ state: RunListState) {
    let rows = Rect(state.size).splitRows([.fixed(1), .fill(1), .fixed(1)])
    (header, footer) = (rows[0], rows[2])
    let body = rows[1]
    let problem = state.selectedRun?.problem.map { TextLine($0).wrapped(width: max(1, body.width - 2)).count }
    let detailHeight = state.runs.isEmpty ? 0 : body.height >= 18 ? min(3, problem ?? 1) : 1
    let listHeight =
      state.isZoomed ? 0 : min(max(6, state.shown.count + 3), max(6, body.height * 45 / 100))
    let parts = body.splitRows([.fixed(listHeight), .fixed(state.isZoomed ? 0 : detailHeight), .fill(1)])
    (list, detail) = (parts[0], parts[1])
    let lower = parts[2]
    let none = Rect(x: lower.x, y: lower.maxY, width: 0, height: 0)
    guard state.chosen.count > 1 else {
      (curves, settings) = (lower, none)
      return
    }
    if lower.width >= RunListLayout.wide {
      let columns = lower.splitColumns([.fill(3), .fill(2)])
      (curves, settings) = (columns[0], columns[1])
    } else if lower.height >= RunListLayout.tall {
      let height = min(state.differences.count + 3, lower.height / 2)
      let parts = lower.splitRows([.fill(1), .fixed(max(4, height))])
      (curves, settings) = (parts[0], parts[1])
    } else {
      (curves, settings) = state.prefersSettings ? (none, lower) : (lower, none)
    }
  }
}
