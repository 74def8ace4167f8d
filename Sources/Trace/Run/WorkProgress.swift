import Localization
import Synchronization

/// How far long work has come that shows nothing until it is done, such as an export; it can be stopped.
///
/// The work finds it in `current`, on its own thread.
package final class WorkProgress: Sendable {
  /// Thrown by work that was stopped.
  package struct Stopped: Error, CustomStringConvertible {
    /// The error.
    package init() {}

    /// That it was stopped, in a sentence.
    package var description: String { localized("Stopped before the end.") }
  }

  private struct State {
    var share = 0.0
    var isStopped = false
  }

  /// The progress of the work that this thread does; nil where nobody asks for it.
  @TaskLocal package static var current: WorkProgress?

  private let state = Mutex(State())
  private let report: @Sendable (Double) -> Void

  /// Progress of which nobody is told, unless `report` is given: it is called on the thread of the work with the share
  /// that is done.
  package init(_ report: @escaping @Sendable (Double) -> Void = { _ in }) { self.report = report }

  /// The share that is done, 0 to 1.
  package var share: Double { state.withLock { $0.share } }

  /// Stops the work when it next says how far it has come.
  package func stop() { state.withLock { $0.isStopped = true } }

  /// Does work whose progress this is.
  package func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    try WorkProgress.$current.withValue(self) { try work() }
  }

  /// Says how far the current work has come.
  ///
  /// - Throws: ``Stopped`` if it is to end.
  package static func reached(_ done: Int, of total: Int) throws {
    guard let current else { return }
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let isStopped = current.state.withLock { state in
      state.share = share
      return state.isStopped
    }
    if isStopped { throw Stopped() }
    current.report(share)
  }
}

/// How long the rest of some work takes, if it goes on as until now.
package enum TimeLeft {
  /// **Units**: seconds. The rest of work of which a share has taken so long; nil while too little is done to tell.
  package static func seconds(share: Double, after seconds: Double) -> Double? {
    guard share > 0.01, share <= 1, seconds > 0.5 else { return nil }
    return seconds / share * (1 - share)
  }

  /// `12 s left`.
  package static func text(_ seconds: Double) -> String {
    // A second is not added for what rounding has left over.
    let whole = Int(max(0, min(seconds.isFinite ? seconds : 0, 1e9) - 0.01).rounded(.up))
    if whole < 100 { return localized("\(whole) s left") }
    return whole < 6_000
      ? localized("\((whole + 30) / 60) min left") : localized("\((whole + 1_800) / 3_600) h left")
  }
}
