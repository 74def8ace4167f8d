/// Keeps a run to a number of iterations a second, and measures what iterations take.
///
/// Owner: the training queue.
final class Pacer {
  /// Seconds up to which an iteration may run unwatched: a key that is pressed in it waits for its end.
  private static let shortIteration = 0.004

  /// Seconds after which a moment is shown in the middle of an iteration rather than at its end.
  static let slowIteration = 0.1

  /// The least time from one iteration to the next; nil to run as fast as possible.
  private(set) var secondsPerIteration: Double?
  private var nextIteration: Double
  /// When this iteration began, and how long the one before took.
  private(set) var began = 0.0
  private var lastSeconds = Double.infinity
  /// The time of the last unwatched iteration.
  private(set) var unwatchedSeconds: Double?

  /// A pacer of a run that begins `now` with at most `pace` iterations a second.
  init(pace: Double?, now: Double) {
    nextIteration = now
    secondsPerIteration = Pacer.seconds(pace)
  }

  /// Whether iterations are so short that they may run unwatched.
  var isFast: Bool { lastSeconds < Pacer.shortIteration }

  /// Changes the pace.
  func setPace(_ pace: Double?, now: Double) {
    secondsPerIteration = Pacer.seconds(pace)
    nextIteration = now
  }

  private static func seconds(_ pace: Double?) -> Double? { pace.map { 1 / max($0, 0.01) } }

  /// An iteration begins.
  func begin(at now: Double) { (lastSeconds, began) = (now - began, now) }

  /// The time since then is not part of the iteration's time.
  func restart(at now: Double) { began = now }

  /// An unwatched iteration is done.
  func pass(at now: Double) { unwatchedSeconds = now - began }

  /// Whether this iteration takes so long that a moment is shown before its end.
  func isSlow(at now: Double) -> Bool { now - began > Pacer.slowIteration }

  /// How long to wait until the next iteration is due; nil without a pace.
  func rest(at now: Double) -> Double? { secondsPerIteration == nil ? nil : nextIteration - now }

  /// The next iteration is begun now, or late.
  func advance(at now: Double) {
    guard let secondsPerIteration else { return }
    nextIteration = max(nextIteration, now - secondsPerIteration) + secondsPerIteration
  }
}
