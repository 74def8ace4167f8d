import Autograd
import NN

/// All that training has changed up to one moment, as copies: from here the run can be reproduced.
///
/// Random numbers are not part of it: they are a function of the seed and the iteration.
package struct Keyframe {
  /// The iteration at whose start it was made, with the loop's state there.
  package let start: IterationStart
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
  /// Whether gradients are reset before each iteration.
  package let zeroGrad: Bool

  /// The iteration at whose start it was made.
  package var iteration: Int { start.iteration }

  /// The bytes that its copies take.
  package var byteCount: Int {
    (parameters + buffers + gradients.compactMap { $0 } + memory.map(\.tensor)).reduce(0) {
      $0 + $1.storage.byteCount
    }
  }
}
