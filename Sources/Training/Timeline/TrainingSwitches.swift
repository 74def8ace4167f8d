/// The parts of the training loop that the user can switch on and off.
///
/// Owner: the training queue.
package final class TrainingSwitches {
  /// Whether gradients are reset before each step.
  package private(set) var zeroGrad = true

  /// The switches as every PyTorch loop has them.
  package init() {}

  /// Resets gradients before each step from now on, or leaves them as they are.
  func setZeroGrad(_ isOn: Bool) { zeroGrad = isOn }
}
