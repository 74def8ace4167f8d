import Autograd

/// −log softmax(output)[label], averaged over the batch: softmax is part of the loss.
///
/// **Shapes**: logits `[batch, classes]`, labels int64 `[batch]` → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html>
public struct CrossEntropyLoss: Loss {
  private let weight: Tensor?
  private let reduction: Reduction
  private let labelSmoothing: Double
  private let ignoreIndex: Int

  /// The loss with a weight for each class, a reduction, and the share of each label that goes to all classes.
  public init(
    weight: Tensor? = nil, reduction: Reduction = .mean, labelSmoothing: Double = 0, ignoreIndex: Int = -100
  ) {
    self.weight = weight
    self.reduction = reduction
    self.labelSmoothing = labelSmoothing
    self.ignoreIndex = ignoreIndex
  }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.crossEntropy(
      target, weight: weight, reduction: reduction, labelSmoothing: labelSmoothing, ignoreIndex: ignoreIndex,
      file: file, line: line)
  }
}

/// −output[label] of log-probabilities, averaged over the batch.
///
/// **Shapes**: log-probabilities `[batch, classes]`, labels int64 `[batch]` → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html>
public struct NLLLoss: Loss {
  private let weight: Tensor?
  private let reduction: Reduction
  private let ignoreIndex: Int

  /// The loss with a weight for each class and a reduction.
  public init(weight: Tensor? = nil, reduction: Reduction = .mean, ignoreIndex: Int = -100) {
    self.weight = weight
    self.reduction = reduction
    self.ignoreIndex = ignoreIndex
  }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.nllLoss(
      target, weight: weight, reduction: reduction, ignoreIndex: ignoreIndex, file: file, line: line)
  }
}

/// −y·ln σ(x) − (1 − y)·ln(1 − σ(x)) of logits x and targets y from 0 to 1, averaged.
///
/// **Shapes**: logits and targets of one shape → `[]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html>
public struct BCEWithLogitsLoss: Loss {
  private let positiveWeight: Double?
  private let reduction: Reduction

  /// The loss with a weight for the positive targets and a reduction.
  public init(positiveWeight: Double? = nil, reduction: Reduction = .mean) {
    self.positiveWeight = positiveWeight
    self.reduction = reduction
  }

  /// The loss of an output and its target.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.binaryCrossEntropyWithLogits(
      target, positiveWeight: positiveWeight, reduction: reduction, file: file, line: line)
  }
}
