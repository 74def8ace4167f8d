import Trace

/// Where the learning rate is between its lowest and its highest: a schedule begins and ends with small ones on purpose.
struct RateLevel {
  /// The last learning rate; nil where it is not known.
  private(set) var last: Double?
  private var highest = 0.0
  private var before: Double?

  /// Takes the learning rate of a step.
  mutating func take(_ loss: LossFacts) {
    guard let rate = loss.learningRate else { return }
    if rate != last { before = last }
    last = rate
    highest = max(highest, rate)
  }

  /// Whether it is not rising, as in a warmup, and not far below its highest, as at a schedule's end. An unknown one is.
  var isAtItsHeight: Bool {
    guard let last else { return true }
    return last >= 0.1 * highest && last <= before ?? last
  }
}
