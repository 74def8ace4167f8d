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
  /// The same for each cell of the confusion matrix that has samples.
  private var cells: [PredictionFigures.Cell: WorstSamples] = [:]
  /// How many samples there are.
  package private(set) var sampleCount = 0

  /// The most samples that are kept of a cell.
  package static let mostOfCell = 8

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

  /// The samples with the greatest losses: of a cell of the confusion matrix, or of all.
  package func worst(in cell: PredictionFigures.Cell?) -> [WorstSample] {
    cell.map { cells[$0]?.samples ?? [] } ?? worst.samples
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
      let cell: PredictionFigures.Cell?
      if let classLabels {
        cell = count(rows.output(of: row), label: classLabels[row])
        if cell == nil { continue }
      } else {
        cell = count(rows.output(of: row), targets: rows.target(of: row))
      }
      func sample() -> WorstSample {
        var sample = WorstSample(
          loss: losses[row], sample: BatchSnapshot.Sample(index: indices[row], label: nil, values: []),
          step: step, row: row)
        reading.describe(&sample, rows.output(of: row), rows.target(of: row), label: classLabels?[row])
        return sample
      }
      worst.add(loss: losses[row], sample)
      guard let cell, classes?.hasMatrix == true else { continue }
      cells[cell, default: WorstSamples(most: Self.mostOfCell)].add(loss: losses[row], sample)
    }
    return true
  }

  /// Counts a sample with a class, and returns its cell; nil where that is not one of the classes.
  private mutating func count(_ scores: ArraySlice<Float>, label: Int) -> PredictionFigures.Cell? {
    let prediction = FigureReading.greatest(scores)
    classes?.add(label: label, prediction: prediction)
    return scores.indices.count > label && label >= 0 ? .init(label: label, prediction: prediction) : nil
  }

  /// Counts a sample with a target for each output, and returns its cell where there are two classes.
  private mutating func count(
    _ outputs: ArraySlice<Float>, targets: ArraySlice<Float>
  ) -> PredictionFigures.Cell? {
    let reading = reading
    switch reading.kind {
    case .classes: break
    case .binary:
      guard let output = outputs.first, let target = targets.first else { return nil }
      let cell = PredictionFigures.Cell(
        label: target >= 0.5 ? 1 : 0, prediction: reading.isPredicted(output) ? 1 : 0)
      classes?.add(label: cell.label, prediction: cell.prediction)
      return cell
    case .labels:
      labels?.add(labels: targets.map { $0 >= 0.5 }, predictions: outputs.map(reading.isPredicted))
    case .numbers:
      for (output, target) in zip(outputs, targets) {
        numbers.add(target: reading.inUnits(target), output: reading.inUnits(output))
      }
    }
    return nil
  }
}
