import Localization
import TerminalUI
import Trace

/// What the gradients pane keeps: how far its bars are scrolled, and the gradients of the steps before.
package struct GradientsPaneState: StatePart {
  /// The first bar in view.
  package var firstBar = 0
  /// The gradients of the steps before.
  var history = GradientHistory()

  /// The bars from the first on.
  package init() {}
}

extension PaneID {
  /// The norms of the parameters' gradients.
  package static let gradients = PaneID(title: Sentence("Gradients"))
}

extension DebuggerState {
  /// What the gradients pane keeps.
  package var gradients: GradientsPaneState {
    get { parts[GradientsPaneState.self] }
    set { parts[GradientsPaneState.self] = newValue }
  }
}

extension GradientsPane {
  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    if let fork = news.fork { state.gradients.history.forget(from: fork.position.step) }
    if let moment = news.moment { state.gradients.history.take(moment) }
  }

  /// Scrolls as far as there are more bars than rows, one of which is the axis.
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    let height = area.height - max(0, min(RankRows.height(state.ranks), area.height - 2))
    let count = state.moment?.parameters.count ?? 0
    let last = max(0, count - (height == count ? height : max(1, height - 1)))
    let first = state.gradients.firstBar
    state.gradients.firstBar = max(0, min(min(first, last) + direction.rows, last))
  }
}
