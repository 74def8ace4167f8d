/// The time that a run has trained: it stands while the run stands, and while it is in the past.
package struct RunClock {
  private var elapsed: Double
  private var since: Double?

  /// A clock that runs from `now` on and shows `elapsed` seconds.
  package init(elapsed: Double = 0, now: Double) {
    self.elapsed = elapsed
    since = now
  }

  /// What it shows.
  package func seconds(at now: Double) -> Double { elapsed + (since.map { max(0, now - $0) } ?? 0) }

  /// Stands, if it runs.
  package mutating func stop(at now: Double) {
    elapsed = seconds(at: now)
    since = nil
  }

  /// Runs on, if it stands.
  package mutating func start(at now: Double) { since = since ?? now }
}
