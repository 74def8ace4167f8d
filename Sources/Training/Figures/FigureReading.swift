import Autograd
import NN
import Trace

/// What the targets of a run are, and what the loss of one sample is: found out from one batch.
package struct FigureReading {
  /// What the targets are.
  package enum Kind: Equatable {
    /// One of so many classes.
    case classes(Int)
    /// One label, which a sample has or has not: two classes with one output.
    case binary
    /// Several labels, each of which a sample has or has not.
    case labels(Int)
    /// Numbers.
    case numbers
  }

  /// What the targets are.
  package let kind: Kind
  /// The loss of a sample; nil where none of the usual ones agrees with the experiment's, which is asked itself then.
  package let sampleLoss: SampleLoss?
  /// Whether outputs are scores whose sigmoid is a probability, and not the probability itself.
  let areLogits: Bool
  private let loss: any Loss
  /// The units of targets; nil where these were not scaled.
  let regression: RegressionTarget?

  /// Finds out from a batch's output, its targets and its loss; nil where they have no figures.
  ///
  /// Which of the usual losses it is, is seen from its value: so a user's own loss is known too, and one with weights
  /// is not mistaken for one without.
  package init?(_ output: Tensor, _ targets: Tensor, loss value: Double?, of experiment: Experiment) {
    loss = experiment.loss
    regression = experiment.preparation?.regression
    guard output.rank >= 1, let count = output.shape.first, count > 0, targets.shape.first == count,
      output.dtype.isFloatingPoint
    else { return nil }
    func first(_ candidates: [SampleLoss], _ losses: (SampleLoss) -> [Double], perSample: Int) -> SampleLoss?
    {
      guard let value, value.isFinite else { return candidates.first }
      return candidates.first { candidate in
        let losses = losses(candidate)
        let sum = losses.reduce(0, +)
        let tolerance = max(1e-6, 1e-3 * value.magnitude)
        return [sum / Double(count), sum, sum * Double(perSample)].contains {
          ($0 - value).magnitude < tolerance
        }
      }
    }
    if targets.dtype == .int64 {
      guard Accuracy(experiment.trainData.dataset).hasScores(output), targets.rank == 1 else { return nil }
      let rows = FigureRows(output, targets)
      let labels = targets.integers()
      kind = .classes(output.shape[1])
      areLogits = true
      sampleLoss = first(
        [.crossEntropy, .oneHotSquares],
        { loss in labels.indices.map { loss.loss(scores: rows.output(of: $0), label: labels[$0]) } },
        perSample: output.shape[1])
      return
    }
    guard targets.dtype.isFloatingPoint, targets.elementCount == output.elementCount else { return nil }
    let rows = FigureRows(output, targets)
    func losses(_ loss: SampleLoss) -> [Double] {
      (0..<count).map { loss.loss(outputs: rows.output(of: $0), targets: rows.target(of: $0)) }
    }
    let isShare = rows.targets.allSatisfy { (0...1).contains($0) }
    let binary =
      isShare && value?.isFinite == true
      ? first([.binaryLogits, .binaryProbabilities], losses, perSample: rows.width) : nil
    if binary != nil || isShare && experiment.loss is BCEWithLogitsLoss {
      kind = rows.width == 1 ? .binary : .labels(rows.width)
      areLogits = binary != .binaryProbabilities
      sampleLoss = binary
    } else {
      (kind, areLogits) = (.numbers, false)
      sampleLoss = first([.squares, .magnitudes], losses, perSample: rows.width)
    }
  }

  /// Whether a batch is like the one that it was found out from.
  func fits(_ output: Tensor, _ targets: Tensor) -> Bool {
    guard output.rank >= 1, output.dtype.isFloatingPoint, targets.shape.first == output.shape[0],
      output.shape[0] > 0
    else { return false }
    switch kind {
    case .classes(let count):
      return output.rank == 2 && output.shape[1] == count && targets.dtype == .int64 && targets.rank == 1
    case .binary: return output.elementCount == output.shape[0] && targets.elementCount == output.elementCount
    case .labels(let count):
      return output.elementCount == output.shape[0] * count && targets.elementCount == output.elementCount
    case .numbers: return targets.elementCount == output.elementCount && targets.dtype.isFloatingPoint
    }
  }

  /// The loss of each sample.
  func losses(_ output: Tensor, _ targets: Tensor, _ rows: FigureRows, _ labels: [Int]?) -> [Double] {
    (0..<rows.count).map { row in
      if let sampleLoss {
        return labels.map { sampleLoss.loss(scores: rows.output(of: row), label: $0[row]) }
          ?? sampleLoss.loss(outputs: rows.output(of: row), targets: rows.target(of: row))
      }
      return (try? own(output, targets, row)) ?? .nan
    }
  }

  /// The experiment's own loss of one sample.
  private func own(_ output: Tensor, _ targets: Tensor, _ row: Int) throws -> Double {
    try noGrad {
      try loss(
        output.narrow(dim: 0, start: row, length: 1), targets.narrow(dim: 0, start: row, length: 1),
        file: #fileID, line: #line
      ).item()
    }
  }
}

/// The outputs and targets of a batch, as numbers row by row.
struct FigureRows {
  /// How many samples there are.
  let count: Int
  /// How many outputs a sample has.
  let width: Int
  private let outputs: [Float]
  /// The targets; empty where they are classes.
  let targets: [Float]

  init(_ output: Tensor, _ targets: Tensor) {
    count = output.shape[0]
    width = count == 0 ? 0 : output.elementCount / count
    outputs = output.array(Float.self)
    self.targets = targets.dtype.isFloatingPoint ? targets.array(Float.self) : []
  }

  /// The outputs of a sample.
  func output(of row: Int) -> ArraySlice<Float> { outputs[row * width..<(row + 1) * width] }

  /// The targets of a sample.
  func target(of row: Int) -> ArraySlice<Float> { targets[row * width..<(row + 1) * width] }
}
