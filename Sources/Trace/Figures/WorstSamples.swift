/// A sample with its own loss.
package struct WorstSample: Sendable, Equatable, Codable {
  /// Its loss.
  package var loss: Double
  /// The sample, and what is predicted for it; without its values until they are needed.
  package var sample: BatchSnapshot.Sample
  /// The step in which it was trained on; nil where it was evaluated.
  package var step: Int?
  /// Its row in the batch; nil where that is not known.
  package var row: Int?
  /// The labels that it has, where it may have several.
  package var labels: [Int] = []
  /// The labels that it is predicted to have.
  package var predictedLabels: [Int] = []

  /// A sample with its loss.
  package init(loss: Double, sample: BatchSnapshot.Sample, step: Int? = nil, row: Int? = nil) {
    self.loss = loss
    self.sample = sample
    self.step = step
    self.row = row
  }
}

/// The samples with the greatest losses, the worst first.
package struct WorstSamples: Sendable, Equatable, Codable {
  /// How many are kept.
  package static let most = 32

  /// The samples, the worst first.
  package private(set) var samples: [WorstSample] = []
  private let most: Int

  /// No samples yet, and later at most so many.
  package init(most: Int = WorstSamples.most) { self.most = most }

  /// Adds a sample if its loss is among the greatest; NaN is worse than any number.
  package mutating func add(loss: Double, _ make: () -> WorstSample) {
    if samples.count == most, let last = samples.last, !WorstSamples.isWorse(loss, last.loss) {
      return
    }
    let place = samples.firstIndex { WorstSamples.isWorse(loss, $0.loss) } ?? samples.count
    samples.insert(make(), at: place)
    if samples.count > most { samples.removeLast() }
  }

  private static func isWorse(_ left: Double, _ right: Double) -> Bool {
    left > right || left.isNaN && !right.isNaN
  }
}
