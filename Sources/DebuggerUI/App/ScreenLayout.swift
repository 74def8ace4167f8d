import TerminalUI

/// Where everything is on the screen: a function of its size, the layout, the focus and the zoom.
struct ScreenLayout: Sendable {
  /// The smallest screen that shows anything useful.
  static let smallest = Size(width: 60, height: 16)

  let header: Rect
  /// The step of the course; empty where it is closed.
  let course: Rect
  /// The panes that are shown, with their frames.
  let panes: [(pane: PaneID, area: Rect)]
  /// What the borders between them divide, the outer before the inner; none while a pane is zoomed.
  let splits: [LayoutSplit]

  /// The layout of a state's screen: the one that was kept, as long as nothing has changed from which it follows.
  init(_ state: DebuggerState) {
    let basis = Basis(state)
    self = state.parts[KeptLayout.self].layout(basis, state) ?? ScreenLayout(basis, PaneNeeds(state))
  }

  /// What a layout follows from, but for what the panes need.
  struct Basis: Sendable, Equatable {
    let size: Size
    let courseHeight: Int
    /// The pane that fills the screen; nil for none.
    let zoomed: PaneID?
    let choice: PaneChoice

    init(_ state: DebuggerState) {
      size = state.size
      courseHeight = CourseStrip(state).height(width: state.size.width)
      zoomed = state.isZoomed ? state.pane : nil
      choice = PaneChoice(state)
    }
  }

  fileprivate init(_ basis: Basis, _ needs: PaneNeeds) {
    let rows = Rect(basis.size).splitRows([.fixed(2), .fill(1), .fixed(basis.courseHeight), .fixed(1)])
    header = rows[0]
    course = rows[2]
    if let pane = basis.zoomed {
      (panes, splits) = ([(pane, rows[1])], [])
      return
    }
    let arrangement = basis.choice.arrangement(in: rows[1], needs)
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

/// The layout that was computed last, with all that it follows from.
private struct KeptLayout: StatePart {
  var last: (basis: ScreenLayout.Basis, answers: [PaneNeeds.Answer], layout: ScreenLayout)?

  /// The layout, if it is still right.
  func layout(_ basis: ScreenLayout.Basis, _ state: DebuggerState) -> ScreenLayout? {
    guard let last, last.basis == basis, last.answers.allSatisfy({ $0.holds(state) }) else { return nil }
    return last.layout
  }
}

extension DebuggerState {
  /// The layout of the screen, which is kept until something changes from which it follows.
  mutating func keptLayout() -> ScreenLayout {
    let basis = ScreenLayout.Basis(self)
    if let layout = parts[KeptLayout.self].layout(basis, self) { return layout }
    let needs = PaneNeeds(self)
    let layout = ScreenLayout(basis, needs)
    parts[KeptLayout.self] = KeptLayout(last: (basis, needs.answers, layout))
    return layout
  }
}
