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
    panes =
      state.isZoomed
      ? [(state.pane, rows[1])]
      : ScreenLayout.grid(
        rows[1], focused: state.pane, parameterCount: state.description?.parameterNames.count ?? 0)
  }

  /// The cells inside a pane's frame; none where it is not shown.
  func inside(_ pane: Pane) -> Rect {
    panes.first { $0.pane == pane }?.area.inset(by: 1) ?? Rect(x: 0, y: 0, width: 0, height: 0)
  }

  /// The pane over a cell.
  func pane(atX x: Int, y: Int) -> Pane? { panes.first { $0.area.contains(x: x, y: y) }?.pane }

  /// From this size of the body on all panes stand side by side.
  private static let roomy = Size(width: 110, height: 34)

  /// From this height of the body on the events have a place of their own.
  private static let tall = 50

  /// Graph over loss on the left; tensor and bridge over gradients and batch on the right. Where there is less
  /// room the bridge takes the tensor's place, and the batch the gradients', while they are focused.
  private static func grid(_ body: Rect, focused: Pane, parameterCount: Int) -> [(pane: Pane, area: Rect)] {
    let leftWidth = min(max(46, body.width * 45 / 100), body.width * 58 / 100)
    let columns = body.splitColumns([.fixed(leftWidth), .fill(1)])
    let isVeryTall = body.height >= tall
    let left = columns[0].splitRows(isVeryTall ? [.fill(11), .fill(8), .fill(5)] : [.fill(11), .fill(9)])
    // The events take the place of the loss while they are focused, where they have none of their own.
    let onTheLeft =
      isVeryTall
      ? [(Pane.graph, left[0]), (.loss, left[1]), (.events, left[2])]
      : [(Pane.graph, left[0]), (focused == .events ? .events : .loss, left[1])]
    guard body.width >= roomy.width, body.height >= roomy.height else {
      // The gradients take no more rows than they have bars, so that the heat map is large.
      let largest = body.height * 45 / 100
      let below = focused == .batch ? largest : min(max(parameterCount + 3, 7), largest)
      let right = columns[1].splitRows([.fill(1), .fixed(below)])
      return onTheLeft + [
        (focused == .bridge ? .bridge : .node, right[0]), (focused == .batch ? .batch : .gradients, right[1]),
      ]
    }
    let right = columns[1].splitRows([.fill(10), .fixed(10), .fill(7)])
    let below = right[2].splitColumns([.fill(3), .fill(2)])
    return onTheLeft + [
      (.node, right[0]), (.bridge, right[1]), (.gradients, below[0]), (.batch, below[1]),
    ]
  }
}
