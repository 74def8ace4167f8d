import Localization
import TerminalUI
import Trace

extension PaneID {
  /// The samples of the step.
  package static let batch = PaneID(title: Sentence("Batch"))
}

extension BatchPane {
  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    if moveInFigures(direction, &state, area) { return }
    guard let batch = state.moment?.batch else { return }
    let layout = BatchLayout(batch, chosen: state.sample, area: area, capabilities: .full)
    let page = max(layout.perRow, layout.visible.count)
    let step =
      switch direction {
      case .left: -1
      case .right: 1
      case .up: -layout.perRow
      case .down: layout.perRow
      case .pageUp: -page
      case .pageDown: page
      }
    // Above the first row and below the last there is nothing to go to.
    if direction == .up || direction == .down, !batch.samples.indices.contains(state.sample + step) {
      return
    }
    state.sample += step
    state.clampSample()
  }

  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    if pressInFigures(mouse, &state, area) { return }
    guard let batch = state.moment?.batch else { return }
    if let regions = batch.regions {
      let map = RegionMap(regions: regions, samples: batch.samples, chosen: state.sample)
      state.sample = map.sample(atX: mouse.x, y: mouse.y, area: area) ?? state.sample
      return
    }
    let layout = BatchLayout(batch, chosen: state.sample, area: area, capabilities: .full)
    state.sample = layout.sample(atX: mouse.x, y: mouse.y) ?? state.sample
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    state.clampSample()
    guard let worst = news.moment?.figures?.worst else { return }
    state.batchPane.follow(worst, isScript: state.description?.isScript == true)
  }
}

extension DebuggerState {
  /// Keeps the choice within the batch.
  fileprivate mutating func clampSample() {
    guard let count = moment?.batch?.samples.count else { return }
    sample = max(0, min(sample, count - 1))
  }
}
