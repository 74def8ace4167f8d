/// Training runs that PyTorch made: the losses of 25 steps and the weights and gradients after them.
public struct TrajectoryFile: Decodable, Sendable {
  public let runs: [Trajectory]
}

/// One run of a network with layers of `sizes`, ReLU between them and cross-entropy on the whole batch.
public struct Trajectory: Decodable, Sendable {
  public let name: String
  public let sizes: [Int]
  public let optimizer: String
  public let options: Options
  public let inputs: TensorRecord
  public let labels: TensorRecord
  public let initial: [TensorRecord]
  public let losses: [Double]
  public let final: [TensorRecord]
  public let finalGrads: [TensorRecord]

  private enum CodingKeys: String, CodingKey {
    case name, sizes, optimizer, options, initial, losses, final
    case inputs = "X"
    case labels = "y"
    case finalGrads = "final_grads"
  }

  /// The optimizer's options under PyTorch's names.
  public struct Options: Decodable, Sendable {
    public let lr: Double
    public let momentum: Double?
    public let nesterov: Bool?
    public let weightDecay: Double?
    public let betas: [Double]?
    public let eps: Double?

    private enum CodingKeys: String, CodingKey {
      case lr, momentum, nesterov, betas, eps
      case weightDecay = "weight_decay"
    }
  }
}
