import Trace

/// The network before its first forward.
extension LiveRun {
  /// Shows the moment, and then learns the graph by running the first step's forward and returning to the bit; where it
  /// fails, the network is seen as it runs.
  ///
  /// - Returns: whether the moment was shown.
  func learnNetwork(_ status: RunUpdate.Status?) throws -> Bool {
    guard audience == .screen, !outcome.isFailure, builder.template == nil,
      position < Position(step: 1, phase: .forward, node: 0)
    else { return false }
    publish(status: status)
    try timeline.lookBack(from: position) {
      let end = Position(step: 1, phase: .backward, node: 0)
      let walk = Walk(timeline, to: .at(end), keepsKeyframes: false) { visit in
        self.learn(visit.tape)
        return .leave
      }
      // An error is thrown again when the run reaches it.
      _ = try? walk.run()
    }
    return true
  }
}
