/// A run as the screen holds it: commands go in, updates come out, and neither side waits for the other.
///
/// The engine's own runs, replayed recordings and runs of other programs all conform, so that the screen knows none of
/// them.
package protocol RunConnection: Sendable {
  /// The capabilities before anything else is known of the run; updates report later changes.
  var capabilities: RunCapabilities { get }

  /// Begins the run, paused before its first node where `isPaused`, with at most `pace` steps a second.
  func start(isPaused: Bool, pace: Double?)

  /// Gives the run a command.
  func send(_ command: Command)

  /// Asks for the moment to show next.
  func requestMoment()

  /// What has happened since the last call.
  func takeUpdate() -> RunUpdate

  /// Interrupts a script as control-C does where it runs alone.
  func interrupt()

  /// Waits until a run that was told to quit has ended; false if it takes longer than `seconds`.
  func waitForEnd(seconds: Double) -> Bool

  /// The process in which it trains, where that is not this one, with what it last said of its devices; asks it to say that
  /// again.
  func watchedProcess() -> WatchedProcess?
}

extension RunConnection {
  /// Only scripts can be interrupted.
  package func interrupt() {}

  /// Other runs train in this process.
  package func watchedProcess() -> WatchedProcess? { nil }
}
