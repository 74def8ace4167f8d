/// When a computation is worth being shared with helpers: what it costs to hand something over to another core.
///
/// That is 50 ns between cores that share a cache and eight times as much between others, to which the results have
/// to travel as well; on a busy machine the other core has no time at all. So it is measured, again and again.
package struct Handover {
  /// How often a measurement hands something over.
  package static let trials = 8
  /// Looks after which a helper is not waited for, some 50 µs: it is busy, or sleeps.
  package static let longest = 2_000

  /// Handovers that a computation must be as long as to be shared.
  private static let handoversPerTask = 60
  /// Nanoseconds from one measurement to the next.
  private static let interval: UInt64 = 20_000_000
  /// Nanoseconds for which the caller is alone after a helper was stopped or did not come, at first and at most.
  private static let pause: UInt64 = 1_000_000
  private static let longestPause: UInt64 = 128_000_000
  /// Nanoseconds that a helper takes to wake.
  private static let waking: UInt64 = 100_000
  /// Nanoseconds of waiting, beyond what the caller's own parts took, that show a helper was stopped.
  private static let stall: UInt64 = 100_000

  /// The least nanoseconds of a computation that is shared; nil where none is.
  private var threshold: Int?
  private var isMeasured = false
  private var pause = Handover.pause
  private var next: UInt64 = 0

  /// Measures first.
  package init() {}

  /// Shares whatever it is asked for.
  package static var always: Handover {
    var result = Handover()
    (result.threshold, result.next) = (0, .max)
    return result
  }

  /// Whether it is time to measure.
  package func isDue(at now: UInt64) -> Bool { now >= next }

  /// Takes note of a measurement, nil where no helper came.
  package mutating func note(roundTrip: UInt64?, at now: UInt64) {
    guard let roundTrip else { return rest(at: now) }
    // Measured twice without a halt between: the next one is a first one.
    if isMeasured { pause = Handover.pause }
    isMeasured = true
    threshold = Int(roundTrip) * Handover.handoversPerTask
    next = now + Handover.interval
  }

  /// Takes note that the helper was asleep, and is being woken: only what is far longer than that is shared meanwhile.
  package mutating func noteWaking(at now: UInt64) {
    threshold = 10 * Int(Handover.waking)
    next = now + Handover.waking
  }

  /// Whether a computation of that length on one thread is shared.
  package func isWorthwhile(_ nanoseconds: Int) -> Bool { threshold.map { nanoseconds >= $0 } ?? false }

  /// Takes note of how long the caller's parts of a computation took, and how long it waited for the others.
  package mutating func note(own: UInt64, waited: UInt64, at now: UInt64) {
    if waited > own + Handover.stall { rest(at: now) }
  }

  private mutating func rest(at now: UInt64) {
    (threshold, isMeasured) = (nil, false)
    next = now + pause
    pause = min(2 * pause, Handover.longestPause)
  }
}
