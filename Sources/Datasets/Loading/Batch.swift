import Autograd

/// Some samples of a dataset, stacked.
public struct Batch {
  /// The input values. **Shapes**: `[batch, features]`, float32.
  public var inputs: Tensor
  /// The targets. **Shapes**: `[batch]`, int64 class numbers; or `[batch, 1]`, float32 values.
  public var targets: Tensor
  /// The index in the dataset of each row.
  public var indices: [Int]

  /// Groups the parts of a batch.
  public init(inputs: Tensor, targets: Tensor, indices: [Int]) {
    self.inputs = inputs
    self.targets = targets
    self.indices = indices
  }

  /// The number of samples.
  public var count: Int { indices.count }
}
