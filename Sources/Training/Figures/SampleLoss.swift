import Autograd

/// The loss of a single sample, as the usual losses have it before they are averaged.
package enum SampleLoss: Sendable, Equatable {
  /// −ln softmax(scores)[label]; the same for scores and for log-probabilities.
  case crossEntropy
  /// The mean squared error against the one-hot label.
  case oneHotSquares
  /// −y·ln σ(x) − (1 − y)·ln(1 − σ(x)), averaged over the labels.
  case binaryLogits
  /// −y·ln p − (1 − y)·ln(1 − p), averaged over the labels.
  case binaryProbabilities
  /// The squared error, averaged over the outputs.
  case squares
  /// The magnitude of the error, averaged over the outputs.
  case magnitudes

  /// The loss of a sample with a class.
  package func loss(scores: ArraySlice<Float>, label: Int) -> Double {
    guard label >= 0, label < scores.count, !scores.isEmpty else { return 0 }
    switch self {
    case .oneHotSquares:
      let sum = scores.enumerated().reduce(0.0) { sum, score in
        let difference = Double(score.element) - (score.offset == label ? 1 : 0)
        return sum + difference * difference
      }
      return sum / Double(scores.count)
    case .crossEntropy, .binaryLogits, .binaryProbabilities, .squares, .magnitudes:
      let greatest = Double(scores.max() ?? 0)
      // The greatest of infinities and NaN has no use as a pivot.
      let total = scores.reduce(0.0) { $0 + Double.exp(Double($1) - greatest) }
      return Double.log(total) + greatest - Double(scores[scores.startIndex + label])
    }
  }

  /// The loss of a sample with a target for each output.
  package func loss(outputs: ArraySlice<Float>, targets: ArraySlice<Float>) -> Double {
    guard !outputs.isEmpty else { return 0 }
    let sum = zip(outputs, targets).reduce(0.0) { sum, pair in
      let (output, target) = (Double(pair.0), Double(pair.1))
      switch self {
      case .binaryLogits:
        return sum + max(output, 0) - output * target
          + Double.log1p(Double.exp(-output.magnitude))
      case .binaryProbabilities:
        // PyTorch bounds both logarithms from below.
        return sum - target * max(-100, Double.log(output)) - (1 - target)
          * max(-100, Double.log(1 - output))
      case .magnitudes: return sum + (output - target).magnitude
      case .squares, .crossEntropy, .oneHotSquares: return sum + (output - target) * (output - target)
      }
    }
    return sum / Double(outputs.count)
  }
}
