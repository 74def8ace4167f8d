import Autograd
import Datasets
import NN

/// A model's loss and accuracy on a set of samples, measured without recording a graph.
struct Evaluation {
  /// The mean loss of a sample.
  let loss: Double
  /// The share of samples whose greatest output is at their label.
  let accuracy: Double

  /// Runs the model over all of `data`, in order; `proceed` may throw between batches to end the evaluation.
  init(of experiment: Experiment, on data: any Dataset, proceed: () throws -> Void) throws {
    let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
    var (total, correct) = (0.0, 0)
    let count = data.count
    try noGrad {
      for start in stride(from: 0, to: count, by: Evaluation.batchSize) {
        try proceed()
        let samples = try data.batch(at: Array(start..<min(start + Evaluation.batchSize, count)))
        do {
          let output = try experiment.model(samples.inputs, file: file, line: line)
          let mean = try experiment.loss(output, samples.targets, file: file, line: line).item()
          total += mean * Double(samples.count)
          correct += Evaluation.correctCount(output, samples.targets)
        } catch {
          throw LoopError(error, of: samples, from: data) ?? error
        }
      }
    }
    self.loss = count == 0 ? .nan : total / Double(count)
    accuracy = count == 0 ? .nan : Double(correct) / Double(count)
  }

  /// Samples that go through the model at once: many, since nothing is kept for backward.
  private static let batchSize = 500

  /// How many rows of `output` have their greatest value at their label; 0 where targets are not labels.
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
