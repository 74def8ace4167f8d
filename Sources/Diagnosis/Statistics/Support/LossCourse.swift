import Trace

/// What the losses and the learning rates of a run have come to: taken once for all rules.
package struct LossCourse: Sendable {
  /// How far the loss has come.
  private(set) var level = LossLevel()
  /// Where the learning rate is.
  private(set) var rate = RateLevel()

  /// Takes the loss of a step.
  mutating func take(_ loss: LossFacts) {
    level.take(loss)
    rate.take(loss)
  }
}
