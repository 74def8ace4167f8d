/// How each label is predicted where a sample may have several: a label is predicted where its probability is ½ or more.
package struct LabelFigures: Sendable, Equatable, Codable {
  /// How many samples have each label, and are predicted to.
  package private(set) var truePositives: [Int]
  /// How many samples do not have each label, but are predicted to.
  package private(set) var falsePositives: [Int]
  /// How many samples have each label, but are not predicted to.
  package private(set) var falseNegatives: [Int]
  /// How many samples were counted.
  package private(set) var sampleCount = 0
  /// How many samples have all of their labels right.
  package private(set) var exactCount = 0

  /// The figures of no samples yet.
  package init(labelCount: Int) {
    let none = [Int](repeating: 0, count: max(0, labelCount))
    (truePositives, falsePositives, falseNegatives) = (none, none, none)
  }

  /// The figures of samples that were counted elsewhere; nil where the numbers do not fit one another.
  package init?(
    truePositives: [Int], falsePositives: [Int], falseNegatives: [Int], sampleCount: Int, exactCount: Int
  ) {
    // Counts from elsewhere can be any numbers.
    guard (0...Int.max / 4).contains(sampleCount), (0...sampleCount).contains(exactCount),
      truePositives.count == falsePositives.count, truePositives.count == falseNegatives.count,
      (truePositives + falsePositives + falseNegatives).allSatisfy((0...sampleCount).contains),
      zip(truePositives, zip(falsePositives, falseNegatives)).allSatisfy({
        $0 + $1.0 + $1.1 <= sampleCount
      })
    else { return nil }
    (self.truePositives, self.falsePositives) = (truePositives, falsePositives)
    (self.falseNegatives, self.sampleCount, self.exactCount) = (falseNegatives, sampleCount, exactCount)
  }

  /// How many labels there are.
  package var labelCount: Int { truePositives.count }

  /// Adds a sample with the labels that it has and those that are predicted, one for each label.
  package mutating func add(labels: [Bool], predictions: [Bool]) {
    guard labels.count == labelCount, predictions.count == labelCount else { return }
    sampleCount += 1
    if labels == predictions { exactCount += 1 }
    for place in labels.indices {
      switch (labels[place], predictions[place]) {
      case (true, true): truePositives[place] += 1
      case (false, true): falsePositives[place] += 1
      case (true, false): falseNegatives[place] += 1
      case (false, false): break
      }
    }
  }

  /// How many samples have a label.
  package func support(of label: Int) -> Int { truePositives[label] + falseNegatives[label] }

  /// How many samples do not have a label, and are not predicted to.
  package func trueNegatives(of label: Int) -> Int {
    sampleCount - truePositives[label] - falsePositives[label] - falseNegatives[label]
  }

  /// The share of the samples whose prediction of a label is right; nil without samples.
  package func accuracy(of label: Int) -> Double? {
    ClassFigures.share(truePositives[label] + trueNegatives(of: label), of: sampleCount)
  }

  /// The share of the samples predicted to have a label that have it; nil where it was never predicted.
  package func precision(of label: Int) -> Double? {
    ClassFigures.share(truePositives[label], of: truePositives[label] + falsePositives[label])
  }

  /// The share of the samples with a label that are predicted to have it; nil where none has it.
  package func recall(of label: Int) -> Double? {
    ClassFigures.share(truePositives[label], of: support(of: label))
  }

  /// The harmonic mean of precision and recall; nil where a label neither occurs nor is predicted.
  package func f1(of label: Int) -> Double? {
    ClassFigures.share(
      2 * truePositives[label], of: support(of: label) + truePositives[label] + falsePositives[label])
  }

  /// The share of the samples with a label that are not predicted to have it; nil where none has it.
  package func mispredictedShare(of label: Int) -> Double? { recall(of: label).map { 1 - $0 } }

  /// The share of the samples with all labels right; nil without samples.
  package var exactShare: Double? { ClassFigures.share(exactCount, of: sampleCount) }
}
