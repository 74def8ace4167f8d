import TerminalUI

/// Where everything stands on the screen: a function of its size and of what is zoomed.
struct ScreenLayout {
  /// The smallest screen that shows anything useful.
  static let smallest = Size(width: 60, height: 16)

  let header: Rect
  let hints: Rect
  /// The panes that are shown, with their frames.
  let panes: [(pane: Pane, area: Rect)]

  /// The layout of a state's screen.
  init(_ state: DebuggerState) {
    let rows = Rect(state.size).splitRows([.fixed(2), .fill(1), .fixed(1)])
    (header, hints) = (rows[0], rows[2])
    panes = state.isZoomed ? [(state.pane, rows[1])] : ScreenLayout.grid(rows[1])
  }

  /// The cells inside a pane's frame; none where it is not shown.
  func inside(_ pane: Pane) -> Rect {
    panes.first { $0.pane == pane }?.area.inset(by: 1) ?? Rect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The pane over a cell.
  func pane(atX x: Int, y: Int) -> Pane? { panes.first { $0.area.contains(x: x, y: y) }?.pane }

  /// The rows of the help text that fit.
  static func helpHeight(_ size: Size) -> Int { max(0, size.height - 4) }

  /// What is computed above, how it develops below; the right side is the wider, for the heat map.
  private static func grid(_ body: Rect) -> [(pane: Pane, area: Rect)] {
    let rows = body.splitRows([.fill(11), .fill(9)])
    let columns: [Length] = [.fill(1), .fill(1)]
    let (above, below) = (rows[0].splitColumns(columns), rows[1].splitColumns(columns))
    return [(.graph, above[0]), (.node, above[1]), (.loss, below[0]), (.gradients, below[1])]
  }
}
