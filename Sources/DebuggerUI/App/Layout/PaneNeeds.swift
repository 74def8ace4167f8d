import TerminalUI

/// What the panes need of the screen: each is asked once for its height at a width.
///
/// Owned by the layout that is being computed.
final class PaneNeeds {
  /// A pane's height at a width, with its frame; nil for any number of rows.
  struct Answer: Sendable {
    let pane: PaneID
    let width: Int
    let rows: Int?

    /// Whether the pane would answer the same now.
    func holds(_ state: DebuggerState) -> Bool { PaneNeeds.rows(of: pane, at: width, state) == rows }
  }

  private let state: DebuggerState
  /// What was asked.
  private(set) var answers: [Answer] = []

  init(_ state: DebuggerState) { self.state = state }

  /// What a pane needs.
  func need(of pane: PaneID) -> LayoutPart.Need {
    LayoutPart.Need(minimum: PaneTable.pane(pane).minimum) { self.rows(of: pane, at: $0) }
  }

  private func rows(of pane: PaneID, at width: Int) -> Int? {
    if let known = answers.first(where: { $0.width == width && $0.pane == pane }) { return known.rows }
    let rows = PaneNeeds.rows(of: pane, at: width, state)
    answers.append(Answer(pane: pane, width: width, rows: rows))
    return rows
  }

  private static func rows(of pane: PaneID, at width: Int, _ state: DebuggerState) -> Int? {
    guard let rows = PaneTable.pane(pane).wantedHeight(state, width: max(0, width - 2)) else { return nil }
    return max(rows + 2, state.layout.heights[pane]?[width] ?? 0)
  }
}
