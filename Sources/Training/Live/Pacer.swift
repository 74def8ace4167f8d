/// Keeps a run to a number of steps a second, and measures what steps take.
///
/// Owner: the training queue.
final class Pacer {
  /// Seconds up to which a step may run unwatched: a key that is pressed in it waits for its end.
  private static let shortStep = 0.004

  /// Seconds after which a moment is shown in the middle of a step rather than at its end.
  static let slowStep = 0.1

  /// The least time from one step to the next; nil to run as fast as possible.
  private(set) var secondsPerStep: Double?
  private var nextStep: Double
  /// When this step began, and how long the one before took.
  private(set) var began = 0.0
  private var lastSeconds = Double.infinity
  /// The time of the last unwatched step.
  private(set) var unwatchedSeconds: Double?

  /// A pacer of a run that begins `now` with at most `pace` steps a second.
  init(pace: Double?, now: Double) {
    nextStep = now
    secondsPerStep = Pacer.seconds(pace)
  }

  /// Whether steps are so short that they may run unwatched.
  var isFast: Bool { lastSeconds < Pacer.shortStep }

  /// Changes the pace.
  func setPace(_ pace: Double?, now: Double) {
    secondsPerStep = Pacer.seconds(pace)
    nextStep = now
  }

  private static func seconds(_ pace: Double?) -> Double? { pace.map { 1 / max($0, 0.01) } }

  /// A step begins.
  func begin(at now: Double) { (lastSeconds, began) = (now - began, now) }

  /// The time since then is not part of the step's time.
  func restart(at now: Double) { began = now }

  /// An unwatched step is done.
  func pass(at now: Double) { unwatchedSeconds = now - began }

  /// Whether this step takes so long that a moment is shown before its end.
  func isSlow(at now: Double) -> Bool { now - began > Pacer.slowStep }

  /// How long to wait until the next step is due; nil without a pace.
  func rest(at now: Double) -> Double? { secondsPerStep == nil ? nil : nextStep - now }

  /// The next step is begun now, or late.
  func advance(at now: Double) {
    guard let secondsPerStep else { return }
    nextStep = max(nextStep, now - secondsPerStep) + secondsPerStep
  }
}
