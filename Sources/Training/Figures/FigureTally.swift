import Autograd
import Trace

/// Adds up the figures of batches.
package struct FigureTally {
  private let reading: FigureReading
  private var classes: ClassFigures?
  private var labels: LabelFigures?
  private var numbers = RegressionFigures()
  /// The samples with the greatest losses.
  package private(set) var worst = WorstSamples()
  /// How many samples there are.
  package private(set) var sampleCount = 0

  /// The figures of no batches yet.
  package init(_ reading: FigureReading) {
    self.reading = reading
    switch reading.kind {
    case .classes(let count): classes = ClassFigures(classCount: count)
    case .binary: classes = ClassFigures(classCount: 2)
    case .labels(let count): labels = LabelFigures(labelCount: count)
    case .numbers: break
    }
  }

  /// The figures so far.
  package var content: PredictionFigures.Content {
    classes.map { .classes($0) } ?? labels.map { .labels($0) } ?? .numbers(numbers)
  }

  /// Adds a batch, with the index in the data of each of its rows, and the step in which it was trained on.
  ///
  /// - Returns: whether the batch is like those before.
  package mutating func add(_ output: Tensor, _ targets: Tensor, indices: [Int], step: Int? = nil) -> Bool {
    guard reading.fits(output, targets), indices.count == output.shape[0] else { return false }
    let rows = FigureRows(output, targets)
    let classLabels = targets.dtype == .int64 ? targets.integers() : nil
    let reading = reading
    let losses = reading.losses(output, targets, rows, classLabels)
    sampleCount += rows.count
    for row in 0..<rows.count {
      if let classLabels {
        guard count(rows.output(of: row), label: classLabels[row]) else { continue }
      } else {
        count(rows.output(of: row), targets: rows.target(of: row))
      }
      worst.add(loss: losses[row]) {
        var sample = WorstSample(
          loss: losses[row], sample: BatchSnapshot.Sample(index: indices[row], label: nil, values: []),
          step: step, row: row)
        reading.describe(&sample, rows.output(of: row), rows.target(of: row), label: classLabels?[row])
        return sample
      }
    }
    return true
  }

  /// Counts a sample with a class; false where that is not one of the classes.
  private mutating func count(_ scores: ArraySlice<Float>, label: Int) -> Bool {
    classes?.add(label: label, prediction: FigureReading.greatest(scores))
    return scores.indices.count > label && label >= 0
  }

  /// Counts a sample with a target for each output.
  private mutating func count(_ outputs: ArraySlice<Float>, targets: ArraySlice<Float>) {
    let reading = reading
    switch reading.kind {
    case .classes: break
    case .binary:
      guard let output = outputs.first, let target = targets.first else { return }
      classes?.add(label: target >= 0.5 ? 1 : 0, prediction: reading.isPredicted(output) ? 1 : 0)
    case .labels:
      labels?.add(labels: targets.map { $0 >= 0.5 }, predictions: outputs.map(reading.isPredicted))
    case .numbers:
      for (output, target) in zip(outputs, targets) {
        numbers.add(target: reading.inUnits(target), output: reading.inUnits(output))
      }
    }
  }
}
