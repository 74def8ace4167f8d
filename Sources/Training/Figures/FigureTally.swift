import Autograd
import Trace

/// Adds up the figures of batches.
struct FigureTally {
  /// The most classes of which each has its probability kept.
  private static let mostProbabilities = 64

  private let reading: FigureReading
  private let regression: RegressionTarget?
  private var classes: ClassFigures?
  private var labels: LabelFigures?
  private var numbers = RegressionFigures()
  private(set) var worst = WorstSamples()
  private(set) var sampleCount = 0

  /// The figures of no batches yet; numbers are counted in their own units, as `regression` has them.
  init(_ reading: FigureReading, _ regression: RegressionTarget?) {
    self.reading = reading
    self.regression = regression
    switch reading.kind {
    case .classes(let count): classes = ClassFigures(classCount: count)
    case .binary: classes = ClassFigures(classCount: 2)
    case .labels(let count): labels = LabelFigures(labelCount: count)
    case .numbers: break
    }
  }

  /// The figures so far.
  var content: PredictionFigures.Content {
    classes.map { .classes($0) } ?? labels.map { .labels($0) } ?? .numbers(numbers)
  }

  /// Adds a batch, with the index in the data of each of its rows, and the step in which it was trained on.
  ///
  /// - Returns: whether the batch is like those before.
  mutating func add(_ output: Tensor, _ targets: Tensor, indices: [Int], step: Int? = nil) -> Bool {
    guard reading.fits(output, targets), indices.count == output.shape[0] else { return false }
    let rows = FigureRows(output, targets)
    let classLabels = targets.dtype == .int64 ? targets.integers() : nil
    let losses = reading.losses(output, targets, rows, classLabels)
    sampleCount += rows.count
    for row in 0..<rows.count {
      let isCounted =
        classLabels.map { count(rows.output(of: row), label: $0[row]) }
        ?? count(rows.output(of: row), targets: rows.target(of: row))
      guard isCounted else { continue }
      worst.add(loss: losses[row]) {
        var sample = WorstSample(
          loss: losses[row], sample: BatchSnapshot.Sample(index: indices[row], label: nil, values: []),
          step: step, row: row)
        describe(&sample, rows.output(of: row), rows.target(of: row), label: classLabels?[row])
        return sample
      }
    }
    return true
  }

  /// Counts a sample with a class; false where that is not one of the classes.
  private mutating func count(_ scores: ArraySlice<Float>, label: Int) -> Bool {
    classes?.add(label: label, prediction: FigureTally.greatest(scores))
    return scores.indices.count > label && label >= 0
  }

  /// Counts a sample with a target for each output.
  private mutating func count(_ outputs: ArraySlice<Float>, targets: ArraySlice<Float>) -> Bool {
    switch reading.kind {
    case .classes: return false
    case .binary:
      guard let output = outputs.first, let target = targets.first else { return false }
      classes?.add(label: target >= 0.5 ? 1 : 0, prediction: isPredicted(output) ? 1 : 0)
    case .labels: labels?.add(labels: targets.map { $0 >= 0.5 }, predictions: outputs.map(isPredicted))
    case .numbers:
      for (output, target) in zip(outputs, targets) {
        numbers.add(target: inUnits(target), output: inUnits(output))
      }
    }
    return true
  }

  /// Adds to a sample what is predicted for it.
  private func describe(
    _ worst: inout WorstSample, _ outputs: ArraySlice<Float>, _ targets: @autoclosure () -> ArraySlice<Float>,
    label: Int?
  ) {
    switch reading.kind {
    case .classes:
      let greatest = outputs.max() ?? 0
      let powers = outputs.map { Float.exp($0 - greatest) }
      let total = powers.reduce(0, +)
      let prediction = FigureTally.greatest(outputs)
      worst.sample.label = label
      worst.sample.prediction = prediction
      worst.sample.probability = powers[prediction] / total
      if powers.count <= FigureTally.mostProbabilities {
        worst.sample.probabilities = powers.map { $0 / total }
      }
    case .binary:
      guard let output = outputs.first, let target = targets().first else { return }
      let probability = probability(output)
      let isPredicted = isPredicted(output)
      worst.sample.label = target >= 0.5 ? 1 : 0
      worst.sample.prediction = isPredicted ? 1 : 0
      worst.sample.probability = isPredicted ? probability : 1 - probability
      worst.sample.probabilities = [1 - probability, probability]
    case .labels:
      worst.labels = targets().enumerated().filter { $0.element >= 0.5 }.map(\.offset)
      worst.predictedLabels = outputs.enumerated().filter { isPredicted($0.element) }.map(\.offset)
    case .numbers:
      guard outputs.count == 1, let output = outputs.first, let target = targets().first else { return }
      worst.sample.output = inUnits(output)
      worst.sample.target = inUnits(target)
    }
  }

  private func probability(_ output: Float) -> Float { reading.areLogits ? Float.sigmoid(output) : output }

  private func isPredicted(_ output: Float) -> Bool { output >= (reading.areLogits ? 0 : 0.5) }

  private func inUnits(_ number: Float) -> Float { regression?.value(number) ?? number }

  /// The first of the greatest, and NaN if there is one, as PyTorch's `argmax` has it.
  private static func greatest(_ scores: ArraySlice<Float>) -> Int {
    var best = scores.startIndex
    for place in scores.indices.dropFirst() where !scores[best].isNaN && !(scores[place] <= scores[best]) {
      best = place
    }
    return best - scores.startIndex
  }
}
