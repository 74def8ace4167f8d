import Synchronization
import Trace

/// Reports the progress of a long evaluation to the screen, a few times a second.
final class EvaluationReport: Sendable {
  /// **Units**: seconds. What is done sooner is not told.
  private static let patience = 0.5
  /// **Units**: seconds from one message to the next.
  private static let interval = 0.1

  private struct State {
    var share = 1.0
    var began = 0.0
    var last = -Double.infinity
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Double
  private let post: @Sendable (RunUpdate) -> Void

  init(now: @escaping @Sendable () -> Double, post: @escaping @Sendable (RunUpdate) -> Void) {
    (self.now, self.post) = (now, post)
  }

  /// A share is done; a smaller one than before begins another evaluation.
  func reached(_ share: Double) {
    let time = now()
    let isDue = state.withLock { state in
      if share <= state.share { state.began = time }
      state.share = share
      guard time - state.began > Self.patience, time - state.last > Self.interval else { return false }
      state.last = time
      return true
    }
    guard isDue else { return }
    var update = RunUpdate()
    update.evaluation = share
    post(update)
  }
}
