/// Training runs that PyTorch made: the losses of 25 steps and the weights and gradients after them.
package struct TrajectoryFile: Decodable, Sendable {
  package let runs: [Trajectory]
}

/// One run of a network with layers of `sizes`, ReLU between them and cross-entropy on the whole batch.
package struct Trajectory: Decodable, Sendable {
  package let name: String
  package let sizes: [Int]
  package let optimizer: String
  package let options: Options
  package let inputs: TensorRecord
  package let labels: TensorRecord
  package let initial: [TensorRecord]
  package let losses: [Double]
  package let final: [TensorRecord]
  package let finalGrads: [TensorRecord]

  private enum CodingKeys: String, CodingKey {
    case name, sizes, optimizer, options, initial, losses, final
    case inputs = "X"
    case labels = "y"
    case finalGrads = "final_grads"
  }

  /// The optimizer's options under PyTorch's names.
  package struct Options: Decodable, Sendable {
    package let lr: Double
    package let momentum: Double?
    package let nesterov: Bool?
    package let weightDecay: Double?
    package let betas: [Double]?
    package let eps: Double?

    private enum CodingKeys: String, CodingKey {
      case lr, momentum, nesterov, betas, eps
      case weightDecay = "weight_decay"
    }
  }
}
