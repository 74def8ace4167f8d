import Autograd
import NN

/// All that training has changed up to one moment, as copies: from here the run can be reproduced.
///
/// Random numbers are not part of it: they are a function of the seed and the step.
package struct Keyframe {
  /// The step at whose start it was made, with the loop's state there.
  package let start: StepStart
  /// The hash of the parameters and buffers, taken when the copies were made.
  package let hash: UInt64
  /// The parameters in the model's order.
  package let parameters: [Tensor]
  /// The modules' buffers in the model's order.
  package let buffers: [Tensor]
  /// The gradient of each parameter; nil for those that have none or whose gradient the next step resets.
  package let gradients: [Tensor?]
  /// The optimizer's state.
  package let memory: [Optimizer.NamedParameter]
  /// The optimizer's settings.
  package let settings: [Hyperparameter]
  /// What the schedule of the learning rate remembers; empty without one.
  package let schedule: [String: Double]
  /// Whether gradients are reset before each step.
  package let zeroGrad: Bool

  /// The step at whose start it was made.
  package var step: Int { start.step }

  /// The bytes that its copies take.
  package var byteCount: Int {
    (parameters + buffers + gradients.compactMap { $0 } + memory.map(\.tensor)).reduce(0) {
      $0 + $1.storage.byteCount
    }
  }
}
