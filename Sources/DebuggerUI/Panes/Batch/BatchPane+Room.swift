import TerminalUI

extension BatchPane {
  static let minimum = Size(width: 24, height: 8)

  /// The samples of a script are nodes of its graph; it has figures once they were asked for.
  static func hasContent(_ state: DebuggerState) -> Bool {
    state.description?.isScript != true || state.moment?.figures != nil
  }

  /// As many rows as the samples take; the decision regions take any number.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    guard state.batchView == .samples, let batch = state.moment?.batch, batch.regions == nil,
      !batch.samples.isEmpty
    else { return nil }
    let layout = BatchLayout(
      batch, chosen: 0, area: Rect(x: 0, y: 0, width: width, height: 0), capabilities: .full)
    return layout.height(of: batch.samples.count)
  }
}
