import Autograd
import Datasets
import NN
import Trace

/// A model's loss and accuracy on a set of samples, measured without recording a graph.
struct Evaluation {
  /// The mean loss of a sample.
  let loss: Double
  /// The share of samples whose greatest output is at their label; nil where outputs and targets are not classes.
  let accuracy: Double?

  /// Samples that go through the model at once: many, since nothing is kept for backward.
  private static let batchSize = 500

  /// Runs the model over all of `data`, in order; `proceed` may throw between batches to end the evaluation.
  ///
  /// `reduction` is found out at the first batch, where it is not known yet; `figures` are those that `log` wants.
  init(
    of experiment: Experiment, on data: any Dataset, _ reduction: inout LossReduction?,
    figures: inout FigureTally?, from log: FigureLog? = nil, proceed: () throws -> Void
  ) throws {
    let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
    let (count, measure) = (data.count, Accuracy(data))
    var (total, correct) = (0.0, count == 0 ? nil : 0)
    var known = reduction
    try noGrad {
      for start in stride(from: 0, to: count, by: Evaluation.batchSize) {
        try proceed()
        try WorkProgress.reached(start, of: count)
        let samples = try data.batch(at: Array(start..<min(start + Evaluation.batchSize, count)))
        do {
          let output = try experiment.model(samples.inputs, file: file, line: line)
          let value = try experiment.loss(output, samples.targets, file: file, line: line).item()
          known = known ?? LossReduction(of: experiment.loss, output, samples.targets, value: value)
          log?.add(output, samples.targets, indices: samples.indices, loss: value, to: &figures)
          total += known == .sum ? value : value * Double(samples.count)
          let more = measure.correctCount(of: output, labels: samples.targets)
          correct = correct.flatMap { correct in more.map { correct + $0 } }
        } catch {
          throw LoopError(error, of: samples, from: data) ?? error
        }
      }
    }
    reduction = known
    self.loss = count == 0 ? .nan : total / Double(count)
    accuracy = correct.map { Double($0) / Double(count) }
  }
}

/// What a loss makes of the samples of a batch.
enum LossReduction {
  case mean
  case sum

  /// Finds out by measuring: the losses of two halves add up to a sum, and average to a mean. Any loss can be asked so,
  /// the user's own too. Nil where the losses cannot tell, since they are 0, not finite, or not of samples.
  init?(of loss: any Loss, _ output: Tensor, _ targets: Tensor, value: Double) {
    let count = output.rank == 0 ? 0 : output.shape[0]
    let half = count / 2
    func part(_ start: Int, _ length: Int) throws -> Double {
      let rows = (
        try output.narrow(dim: 0, start: start, length: length),
        try targets.narrow(dim: 0, start: start, length: length)
      )
      return try loss(rows.0, rows.1, file: #fileID, line: #line).item()
    }
    guard half > 0, let first = try? part(0, half), let second = try? part(half, count - half) else {
      return nil
    }
    let share = Double(half) / Double(count)
    let fromSum = (value - (first + second)).magnitude
    let fromMean = (value - (share * first + (1 - share) * second)).magnitude
    guard fromSum.isFinite, fromMean.isFinite, fromSum != fromMean else { return nil }
    self = fromSum < fromMean ? .sum : .mean
  }
}
