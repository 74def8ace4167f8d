import Autograd
import Trace

/// What an output says of a sample.
extension FigureReading {
  /// The most classes of which each has its probability kept.
  private static let mostProbabilities = 64

  /// Adds to a sample what is predicted for it.
  func describe(
    _ worst: inout WorstSample, _ outputs: ArraySlice<Float>, _ targets: @autoclosure () -> ArraySlice<Float>,
    label: Int?
  ) {
    switch kind {
    case .classes:
      let greatest = outputs.max() ?? 0
      let powers = outputs.map { Float.exp($0 - greatest) }
      let total = powers.reduce(0, +)
      let prediction = FigureReading.greatest(outputs)
      worst.sample.label = label
      worst.sample.prediction = prediction
      worst.sample.probability = powers[prediction] / total
      if powers.count <= FigureReading.mostProbabilities {
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

  private func probability(_ output: Float) -> Float { areLogits ? Float.sigmoid(output) : output }

  /// Whether an output says that a sample has a label.
  func isPredicted(_ output: Float) -> Bool { output >= (areLogits ? 0 : 0.5) }

  /// A number in the target's own units.
  func inUnits(_ number: Float) -> Float { regression?.value(number) ?? number }

  /// The first of the greatest, and NaN if there is one, as PyTorch's `argmax` has it.
  static func greatest(_ scores: ArraySlice<Float>) -> Int {
    var best = scores.startIndex
    for place in scores.indices.dropFirst() where !scores[best].isNaN && !(scores[place] <= scores[best]) {
      best = place
    }
    return best - scores.startIndex
  }
}
