import TerminalUI

/// Where everything is on the screen: a function of its size, the layout, the focus and the zoom.
struct ScreenLayout {
  /// The smallest screen that shows anything useful.
  static let smallest = Size(width: 60, height: 16)

  let header: Rect
  /// The step of the course; empty where it is closed.
  let course: Rect
  /// The panes that are shown, with their frames.
  let panes: [(pane: PaneID, area: Rect)]
  /// What the borders between them divide, the outer before the inner; none while a pane is zoomed.
  let splits: [LayoutSplit]

  /// The layout of a state's screen.
  init(_ state: DebuggerState) {
    let strip = CourseStrip(state).height(width: state.size.width)
    let rows = Rect(state.size).splitRows([.fixed(2), .fill(1), .fixed(strip), .fixed(1)])
    header = rows[0]
    course = rows[2]
    guard !state.isZoomed else {
      (panes, splits) = ([(state.pane, rows[1])], [])
      return
    }
    let arrangement = PaneChoice(state).arrangement(in: rows[1])
    (panes, splits) = (arrangement.panes, arrangement.splits)
  }

  /// The pane over a cell.
  func pane(atX x: Int, y: Int) -> PaneID? { panes.first { $0.area.contains(x: x, y: y) }?.pane }

  /// The border under a cell, the innermost where several meet.
  func border(atX x: Int, y: Int) -> (split: LayoutSplit, border: Int)? {
    for split in splits.reversed() {
      if let border = split.border(atX: x, y: y) { return (split, border) }
    }
    return nil
  }
}
