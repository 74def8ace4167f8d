/// The time that a run has trained: the clock stops while the run is paused or shows the past.
package struct RunClock {
  private var elapsed: Double
  private var since: Double?

  /// A clock that runs from `now` on and shows `elapsed` seconds.
  package init(elapsed: Double = 0, now: Double) {
    self.elapsed = elapsed
    since = now
  }

  /// The time it shows.
  package func seconds(at now: Double) -> Double { elapsed + (since.map { max(0, now - $0) } ?? 0) }

  /// Stops the clock if it is running.
  package mutating func stop(at now: Double) {
    elapsed = seconds(at: now)
    since = nil
  }

  /// Starts the clock again if it is stopped.
  package mutating func start(at now: Double) { since = since ?? now }
}
