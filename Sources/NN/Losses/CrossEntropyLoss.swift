import Autograd

/// What a network is trained to make small: a scalar from its output and the targets.
public protocol Loss {
  /// The loss of an output.
  func callAsFunction(_ output: Tensor, _ target: Tensor, file: StaticString, line: UInt) throws -> Tensor
}

/// −log softmax(output)[label], averaged over the batch: softmax is part of the loss.
///
/// **Shapes**: logits `[batch, classes]`, labels int64 `[batch]` → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html>
public struct CrossEntropyLoss: Loss {
  private let reduction: Reduction

  /// The loss with a reduction, the mean if nothing is said.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.crossEntropy(target, reduction: reduction, file: file, line: line)
  }
}
