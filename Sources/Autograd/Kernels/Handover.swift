/// When a computation is worth being shared with helpers: what it costs to hand something over to another core.
///
/// That is 50 ns between cores that share a cache and eight times as much between others, to which the results have
/// to travel as well; on a busy machine the other core has no time at all. So it is measured, again and again.
struct Handover {
  /// How often a measurement hands something over: the shortest time counts.
  static let trials = 3
  /// Nanoseconds after which a helper is not waited for: it is busy, or sleeps.
  static let longest: UInt64 = 60_000

  /// Handovers that a computation must be as long as to be shared.
  private static let handoversPerTask = 20
  /// Nanoseconds from one measurement to the next.
  private static let interval: UInt64 = 20_000_000
  /// Nanoseconds for which the caller is alone after a helper was stopped or did not come, at first and at most.
  private static let pause: UInt64 = 2_000_000
  private static let longestPause: UInt64 = 256_000_000
  /// Nanoseconds of waiting, beyond what the caller's own parts took, that show a helper was stopped.
  private static let stall: UInt64 = 100_000

  /// The least nanoseconds of a computation that is shared; nil where none is.
  private var threshold: Int?
  private var pause = Handover.pause
  private var next: UInt64 = 0

  /// Whether it is time to measure.
  func isDue(at now: UInt64) -> Bool { now >= next }

  /// Takes note of a measurement, nil where no helper came.
  mutating func note(roundTrip: UInt64?, at now: UInt64) {
    guard let roundTrip else { return rest(at: now) }
    // A whole interval without a halt: the next one is a first one.
    if threshold != nil { pause = Handover.pause }
    threshold = Int(roundTrip) * Handover.handoversPerTask
    next = now + Handover.interval
  }

  /// Whether a computation of that length on one thread is shared.
  func isWorthwhile(_ nanoseconds: Int) -> Bool { threshold.map { nanoseconds >= $0 } ?? false }

  /// Takes note of how long the caller's parts of a computation took, and how long it waited for the others.
  mutating func note(own: UInt64, waited: UInt64, at now: UInt64) {
    if waited > own + Handover.stall { rest(at: now) }
  }

  private mutating func rest(at now: UInt64) {
    threshold = nil
    next = now + pause
    pause = min(2 * pause, Handover.longestPause)
  }
}
