import Numbers

/// The losses of a training whose learning rate grows from step to step by the same factor.
///
/// **Source**: Smith, "Cyclical Learning Rates for Training Neural Networks", <https://arxiv.org/abs/1506.01186>; fast.ai's
/// `lr_find`, <https://docs.fast.ai/callback.schedule.html#learner.lr_find>.
package struct LearningRateSweep: Sendable, Equatable, Codable {
  /// The least and the greatest learning rate.
  package static let range = 1e-7...10.0
  /// How much of the smoothed loss before is in the next one.
  package static let smoothing = 0.98
  /// How many times the smallest smoothed loss one may be before the sweep ends.
  package static let divergence = 4.0

  /// One step.
  package struct Point: Sendable, Equatable, Codable {
    /// The learning rate.
    package var rate: Double
    /// The loss of the step's batch, before its update.
    package var loss: Double
    /// The loss averaged with those before; that of the step before where the loss is not finite.
    package var smoothed: Double
  }

  /// The steps, in their order.
  package private(set) var points: [Point] = []
  /// Whether the loss has grown so much, or is no longer finite, that the sweep ended early.
  package private(set) var diverges = false
  /// The learning rate at which the smoothed loss falls most steeply; nil where it falls nowhere.
  package var suggestion: Double?
  /// What the sweep shows, in sentences.
  package var conclusion = ""

  private var average = 0.0
  private var least = Double.infinity

  /// A sweep without steps.
  package init() {}

  /// The learning rate above which the smoothed loss only grows; nil where it is smallest at the end.
  package var turningPoint: Double? {
    guard let last = points.last, let lowest = points.min(by: { $0.smoothed < $1.smoothed }) else {
      return nil
    }
    return lowest.rate < last.rate ? lowest.rate : nil
  }

  /// The learning rate to take: the suggestion, or a tenth of the turning point where that is less.
  package var choice: Double? {
    guard let suggestion, let turningPoint, turningPoint > suggestion else { return suggestion }
    return min(suggestion, turningPoint / 10)
  }

  /// The learning rate of a step, from 0, of so many.
  package static func rate(_ step: Int, of steps: Int) -> Double {
    let (low, high) = (Logarithm.decimal(range.lowerBound), Logarithm.decimal(range.upperBound))
    let share = steps > 1 ? Double(step) / Double(steps - 1) : 0
    return Logarithm.inverseDecimal(low + (high - low) * share)
  }

  /// A learning rate in two digits: `0.021`, `1.3e−5`.
  package static func text(_ rate: Double) -> String { NumberText.trimmed(NumberText.brief(rate)) }

  /// Adds a step; returns whether the sweep goes on.
  package mutating func add(loss: Double, rate: Double) -> Bool {
    guard loss.isFinite else {
      points.append(Point(rate: rate, loss: loss, smoothed: points.last?.smoothed ?? loss))
      diverges = true
      return false
    }
    average = average * Self.smoothing + loss * (1 - Self.smoothing)
    let share = 1 - Logarithm.power(of: Self.smoothing, points.count + 1)
    let smoothed = average / share
    points.append(Point(rate: rate, loss: loss, smoothed: smoothed))
    least = min(least, smoothed)
    // A loss below 0 has no multiples to compare with.
    diverges = least > 0 && smoothed > least * Self.divergence
    return !diverges
  }

  /// Finds the learning rate at which the smoothed loss falls most steeply over the logarithm of the rate.
  ///
  /// The losses of the first quarter, whose rates change nothing, say how much batches differ: a fall that is smaller,
  /// or below 1 %, counts as none. They are left out, and so are the last five steps.
  package mutating func suggest() {
    let first = points.count / 4
    let last = points.count - 5
    var best = 0.0
    suggestion = nil
    guard first > 0, first + 1 < last else { return }
    let still = points.prefix(first).map(\.loss)
    let mean = still.reduce(0, +) / Double(first)
    let deviation = (still.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(first)).squareRoot()
    guard least < mean - max(deviation, 0.01 * mean.magnitude) else { return }
    // The rates are equally far apart on their logarithmic axis, so the difference is the gradient.
    for place in first..<last - 1 {
      let change = points[place + 1].smoothed - points[place].smoothed
      if change < best { (best, suggestion) = (change, points[place].rate) }
    }
  }
}
