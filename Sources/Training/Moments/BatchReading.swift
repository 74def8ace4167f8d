import Autograd
import Datasets
import NN
import Trace

/// Makes the ``BatchSnapshot`` of a step: samples, predictions, and for points the decision regions.
struct BatchReading {
  /// Samples copied for the screen.
  private static let sampleLimit = 64

  private let imageSize: BatchSnapshot.ImageSize?
  private let regions: RegionReading?
  private let accuracy: Accuracy
  private let regression: RegressionTarget?

  /// A reading of the batches of some data.
  init(model: any Module, data: any Dataset, regression: RegressionTarget? = nil) {
    self.regression = regression
    imageSize = data.imageSize.map { BatchSnapshot.ImageSize(rows: $0.rows, columns: $0.columns) }
    accuracy = Accuracy(data)
    regions = RegionReading(model: model, data: data)
  }

  /// The batch on a tape, with the regions that the screen needs; nil before one is loaded.
  func snapshot(of tape: Tape, _ needs: ScreenNeeds, isPlaying: Bool) -> BatchSnapshot? {
    guard let batch = tape.batch, batch.count > 0 else { return nil }
    let shown = min(batch.count, BatchReading.sampleLimit)
    let features = batch.inputs.elementCount / batch.count
    let values = batch.inputs.array(Float.self)
    let hasLabels = batch.targets.dtype == .int64 && batch.targets.rank == 1
    let labels = hasLabels ? batch.targets.integers() : nil
    let predictions = hasLabels ? outputs(tape).map(Prediction.rows) : nil
    let numbers = regression.map { targetNumbers(of: tape, $0) }
    let samples = (0..<shown).map { row in
      var sample = BatchSnapshot.Sample(
        index: batch.indices[row], label: labels?[row], prediction: predictions?[row].label,
        probability: predictions?[row].probability, probabilities: predictions?[row].probabilities ?? [],
        values: Array(values[row * features..<(row + 1) * features]))
      sample.target = numbers?.targets?[row]
      sample.output = numbers?.outputs?[row]
      return sample
    }
    let correct = predictions.flatMap { rows in labels.map { zip(rows, $0).count { $0.label == $1 } } }
    return BatchSnapshot(
      samples: samples, count: batch.count, correctCount: correct, imageSize: imageSize,
      regions: needs.regions.flatMap { regions?.regions($0, isPlaying: isPlaying) })
  }

  /// The model's output, what the loss was given first, where it is scores of classes.
  private func outputs(_ tape: Tape) -> Tensor? {
    guard let output = tape.output, accuracy.hasScores(output), output.shape[0] == tape.batch?.count
    else { return nil }
    return output
  }

  /// The targets and the outputs in the target's units, where each sample has one.
  private func targetNumbers(
    of tape: Tape, _ regression: RegressionTarget
  ) -> (targets: [Float]?, outputs: [Float]?) {
    func numbers(_ tensor: Tensor?) -> [Float]? {
      guard let tensor, let count = tape.batch?.count, tensor.dtype.isFloatingPoint,
        tensor.elementCount == count
      else { return nil }
      return tensor.array(Float.self).map(regression.value)
    }
    return (numbers(tape.batch?.targets), numbers(tape.output))
  }
}

/// What a row of outputs says.
private struct Prediction {
  let label: Int
  let probability: Float
  /// The softmax of the row.
  let probabilities: [Float]

  /// The predictions of each row of a matrix of outputs.
  static func rows(_ output: Tensor) -> [Prediction] {
    let (values, classes) = (output.array(Float.self), output.shape[1])
    guard classes > 0 else { return [] }
    return stride(from: 0, to: values.count, by: classes).map { start in
      let row = values[start..<start + classes]
      // The first of equals, and NaN if there is one, as PyTorch's `argmax` has it.
      let best = row.indices.max { row[$0] < row[$1] || !row[$0].isNaN && row[$1].isNaN } ?? start
      let powers = row.map { Float.exp($0 - row[best]) }
      let total = powers.reduce(0, +)
      return Prediction(
        label: best - start, probability: 1 / total, probabilities: powers.map { $0 / total })
    }
  }
}
