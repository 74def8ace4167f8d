import Autograd
import Datasets

/// How many samples are predicted as labelled, where outputs are scores of classes and targets are labels.
///
/// There is no accuracy of a regression, of an autoencoder or of several labels a sample.
struct Accuracy {
  /// How many classes the data name; 0 where they name none.
  private let classCount: Int

  /// The accuracy on samples of some data.
  init(_ data: any Dataset) { classCount = data.classNames.count }

  /// How many rows of `output` have their greatest value at their label; nil where that means nothing.
  func correctCount(of output: Tensor, labels: Tensor) -> Int? {
    guard hasScores(output), labels.dtype == .int64, labels.rank == 1,
      output.shape[0] == labels.shape[0], labels.shape[0] > 0
    else { return nil }
    return output.dtype == .float32
      ? Accuracy.correctCount(Float.self, output.packed(), labels.packed())
      : Accuracy.correctCount(Double.self, output.packed(), labels.packed())
  }

  /// Whether each row of a tensor is the scores of the classes.
  func hasScores(_ output: Tensor) -> Bool {
    output.rank == 2 && output.dtype.isFloatingPoint && output.shape[1] > 1
      && (classCount == 0 || classCount == output.shape[1])
  }

  /// The share of rows that have their greatest value at their label; nil where that means nothing.
  func share(of output: Tensor, labels: Tensor) -> Float? {
    correctCount(of: output, labels: labels).map { Float($0) / Float(labels.shape[0]) }
  }

  /// The greatest of a row is the first of equals, and NaN if there is one, as PyTorch's `argmax` has it.
  private static func correctCount<Value: FloatingScalar>(
    _: Value.Type, _ output: Tensor, _ labels: Tensor
  ) -> Int {
    let classes = output.shape[1]
    return withExtendedLifetime((output, labels)) {
      let (scores, targets) = (output.values(Value.self), labels.values(Int64.self))
      var correct = 0
      for row in 0..<targets.count {
        var (best, greatest) = (0, scores[row * classes])
        for column in 1..<classes where !greatest.isNaN && !(scores[row * classes + column] <= greatest) {
          (best, greatest) = (column, scores[row * classes + column])
        }
        if Int64(best) == targets[row] { correct += 1 }
      }
      return correct
    }
  }
}

extension Tape {
  /// The model's output, which the loss compares with the targets.
  var output: Tensor? { forward.first { $0.phase == .loss }?.inputs.first }

  /// The share of the batch that is predicted as labelled; nil where there is none.
  func share(_ accuracy: Accuracy) -> Float? {
    guard let output, let targets = batch?.targets else { return nil }
    return accuracy.share(of: output, labels: targets)
  }
}
