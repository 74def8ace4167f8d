import TerminalUI

/// Where everything is on the screen: a function of its size, the focus and the zoom.
struct ScreenLayout {
  /// The smallest screen that shows anything useful.
  static let smallest = Size(width: 60, height: 16)

  let header: Rect
  /// The step of the course; empty where it is closed.
  let course: Rect
  /// The panes that are shown, with their frames.
  let panes: [(pane: PaneID, area: Rect)]

  /// The layout of a state's screen.
  init(_ state: DebuggerState) {
    let strip = CourseStrip(state).height(width: state.size.width)
    let rows = Rect(state.size).splitRows([.fixed(2), .fill(1), .fixed(strip), .fixed(1)])
    header = rows[0]
    course = rows[2]
    panes =
      state.isZoomed
      ? [(state.pane, rows[1])]
      : state.guide.keepsPlace
        ? ScreenLayout.learning(rows[1])
        : ScreenLayout.grid(
          rows[1], focused: state.pane,
          parameterCount: (state.description?.parameterNames.count ?? 0) + RankRows.height(state.ranks),
          keepsBridge: state.course.isOpen, isScript: state.description?.isScript == true)
  }

  /// The pane over a cell.
  func pane(atX x: Int, y: Int) -> PaneID? { panes.first { $0.area.contains(x: x, y: y) }?.pane }

  /// From this size of the body on there is room for two panes in each corner at the right.
  private static let roomy = Size(width: 110, height: 34)

  /// From this height of the body on there is room for two panes at the bottom left.
  private static let tall = 50

  /// From this height of the body on the course, whose text takes the rest, can keep the bridge below the node.
  private static let holdsBridge = 22

  private static func grid(
    _ body: Rect, focused: PaneID, parameterCount: Int, keepsBridge: Bool, isScript: Bool
  ) -> [(pane: PaneID, area: Rect)] {
    let isRoomy = body.width >= roomy.width && body.height >= roomy.height
    let showsOutput = isScript && isRoomy
    func fill(_ corner: ScreenCorner, _ places: [Rect]) -> [(pane: PaneID, area: Rect)] {
      ScreenLayout.fill(corner, places, focused: focused, showsOutput: showsOutput)
    }
    let leftWidth = min(max(46, body.width * 45 / 100), body.width * 58 / 100)
    let columns = body.splitColumns([.fixed(leftWidth), .fill(1)])
    let isTall = body.height >= tall
    let left = columns[0].splitRows(isTall ? [.fill(11), .fill(8), .fill(5)] : [.fill(11), .fill(9)])
    let onTheLeft =
      fill(.topLeft, [left[0]])
      + fill(.bottomLeft, Array(left.dropFirst()))
    guard isRoomy else {
      // The gradients take no more rows than they have bars, so that the heat map is large.
      let largest = body.height * 45 / 100
      let isUsual = PaneTable.pane(focused).corner != .bottomRight || focused == .gradients
      let below = isUsual ? min(max(parameterCount + 3, 7), largest) : largest
      if keepsBridge, body.width >= roomy.width, body.height >= holdsBridge {
        let right = columns[1].splitRows([.fill(1), .fill(1), .fixed(min(below, 7))])
        return onTheLeft + fill(.topRight, Array(right[..<2]))
          + fill(.bottomRight, [right[2]])
      }
      let right = columns[1].splitRows([.fill(1), .fixed(below)])
      return onTheLeft + fill(.topRight, [right[0]])
        + fill(.bottomRight, [right[1]])
    }
    let right = columns[1].splitRows([.fill(10), .fixed(10), .fill(7)])
    return onTheLeft + fill(.topRight, Array(right[..<2]))
      + fill(.bottomRight, right[2].splitColumns(showsOutput ? [.fill(1), .fill(1)] : [.fill(3), .fill(2)]))
  }

  /// The guide at the left, and the node and its bridge at the right.
  private static func learning(_ body: Rect) -> [(pane: PaneID, area: Rect)] {
    let columns = body.splitColumns([
      .fixed(min(max(46, body.width * 52 / 100), body.width * 60 / 100)), .fill(1),
    ])
    let right = columns[1].splitRows([.fill(1), .fill(1)])
    return [(.guide, columns[0])] + Array(zip([.node, .bridge], right)).map { (pane: $0, area: $1) }
  }

  /// Gives places to a corner's panes in the order of their numbers; a script's output may take the place of the batch,
  /// which a script has not. The focused pane takes the last place if it would have none.
  private static func fill(
    _ corner: ScreenCorner, _ places: [Rect], focused: PaneID, showsOutput: Bool
  ) -> [(pane: PaneID, area: Rect)] {
    var all = PaneTable.panes.filter { $0.corner == corner }.map { $0.id }
    if showsOutput {
      all.removeAll { $0 == .output }
      if let batch = all.firstIndex(of: .batch) { all.insert(.output, at: batch) }
    }
    var shown = Array(all.prefix(places.count))
    if all.contains(focused), !shown.contains(focused) { shown[shown.count - 1] = focused }
    return Array(zip(shown, places)).map { (pane: $0, area: $1) }
  }
}
