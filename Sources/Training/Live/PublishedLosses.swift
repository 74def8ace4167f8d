import Datasets
import Trace

/// The losses that a run has published, one for each step: a step that is run again has none to add.
struct PublishedLosses {
  /// The last step that has one.
  private(set) var last = 0
  private let accuracy: Accuracy

  /// The losses of a run on some data, none so far.
  init(_ data: any Dataset) { accuracy = Accuracy(data) }

  /// Whether a step's loss was published.
  func has(_ step: Int) -> Bool { step <= last }

  /// The loss of the next step, to publish it; `share` measures the accuracy on its batch.
  mutating func add(
    _ step: Int, loss: Double, share: (Accuracy) -> Float?
  ) -> RunUpdate.LossPoint {
    last = step
    return RunUpdate.LossPoint(
      step: step, loss: Float(loss), accuracy: PublishedLosses.hasAccuracy(step) ? share(accuracy) : nil)
  }

  /// The run is resumed after a step.
  mutating func resume(after step: Int) { last = step }

  /// A new future begins in a step.
  mutating func removeAll(from step: Int) { last = min(last, step - 1) }

  /// Whether a step reports its batch's accuracy: often enough for a curve, rarely enough to cost nothing.
  private static func hasAccuracy(_ step: Int) -> Bool { step <= 1_024 || step.isMultiple(of: 8) }
}
