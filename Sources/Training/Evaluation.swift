import Autograd
import Datasets
import NN

/// How a model does on a set of samples, measured with nothing recorded.
struct Evaluation {
  /// The mean loss of a sample.
  let loss: Double
  /// The share of samples whose greatest output is at their label.
  let accuracy: Double

  /// Runs the model over all of `data`, in order; `proceed` may throw between batches to end it.
  init(
    of model: any Module, on data: DataLoader, loss: any Loss, proceed: () throws -> Void
  ) throws {
    var (total, correct, count) = (0.0, 0, 0)
    try noGrad {
      for batch in 0..<data.evaluationBatchCount {
        try proceed()
        let samples = try data.evaluationBatch(batch)
        let output = try model(samples.inputs)
        let size = samples.targets.elementCount
        total += try loss(output, samples.targets, file: #fileID, line: #line).item() * Double(size)
        correct += Evaluation.correctCount(output, samples.targets)
        count += size
      }
    }
    self.loss = count == 0 ? .nan : total / Double(count)
    accuracy = count == 0 ? .nan : Double(correct) / Double(count)
  }

  /// How many rows of `output` have their greatest value at their label; 0 where targets are no labels.
  private static func correctCount(_ output: Tensor, _ labels: Tensor) -> Int {
    guard output.rank == 2, labels.dtype == .int64 else { return 0 }
    let (scores, classes, labels) = (output.array(Float.self), output.shape[1], labels.integers())
    var correct = 0
    for (row, label) in labels.enumerated() {
      var best = 0
      for column in 1..<max(classes, 1) where scores[row * classes + column] > scores[row * classes + best] {
        best = column
      }
      if best == label { correct += 1 }
    }
    return correct
  }
}
