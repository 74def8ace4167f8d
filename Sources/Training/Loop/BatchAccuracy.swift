import Autograd

/// How many of a batch's samples are predicted as labelled.
enum BatchAccuracy {
  /// The share of rows of `output` that have their greatest value at their label; nil where targets are not labels.
  static func share(of output: Tensor, labels: Tensor) -> Float? {
    guard output.rank == 2, output.dtype == .float32, labels.dtype == .int64, labels.rank == 1,
      output.shape[0] == labels.shape[0], labels.shape[0] > 0, output.shape[1] > 0
    else { return nil }
    let (scores, targets, classes) = (output.packed(), labels.packed(), output.shape[1])
    return withExtendedLifetime((scores, targets)) {
      let (scores, targets) = (scores.values(Float.self), targets.values(Int64.self))
      var correct = 0
      for row in 0..<targets.count {
        var (best, greatest) = (0, scores[row * classes])
        for column in 1..<classes where scores[row * classes + column] > greatest {
          (best, greatest) = (column, scores[row * classes + column])
        }
        if Int64(best) == targets[row] { correct += 1 }
      }
      return Float(correct) / Float(targets.count)
    }
  }
}

extension Tape {
  /// The model's output, which the loss compares with the targets.
  var output: Tensor? { forward.first { $0.phase == .loss }?.inputs.first }

  /// The batch's accuracy; nil where there is none.
  var accuracy: Float? {
    guard let output, let targets = batch?.targets else { return nil }
    return BatchAccuracy.share(of: output, labels: targets)
  }
}
