import Autograd

/// A loss of a classifier that can be chosen by name, as `--loss` does.
package enum LossKind: String, Sendable, CaseIterable {
  case crossEntropy = "cross-entropy"
  case negativeLogLikelihood = "nll"
  case squaredError = "mse"

  /// The loss of logits and labels.
  package func make() -> any Loss {
    switch self {
    case .crossEntropy: CrossEntropyLoss()
    case .negativeLogLikelihood: LogSoftmaxNLLLoss()
    case .squaredError: OneHotMSELoss()
    }
  }
}

/// Cross-entropy in two steps: log-softmax, then the negative log-likelihood.
struct LogSoftmaxNLLLoss: Loss {
  func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try output.logSoftmax(dim: -1, file: file, line: line).nllLoss(target, file: file, line: line)
  }
}

/// The squared error of the outputs against one-hot labels, averaged: what a learner compares cross-entropy with.
struct OneHotMSELoss: Loss {
  func callAsFunction(
    _ output: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    guard let classes = output.shape.last, target.rank == 1, output.rank == 2 else {
      return try output.mseLoss(target, file: file, line: line)
    }
    var values = [Double](repeating: 0, count: target.elementCount * classes)
    for (row, label) in target.integers().enumerated() where (0..<classes).contains(label) {
      values[row * classes + label] = 1
    }
    let onehot = try noGrad { try Tensor(values, shape: output.shape).to(output.dtype) }
    return try output.mseLoss(onehot, file: file, line: line)
  }
}
