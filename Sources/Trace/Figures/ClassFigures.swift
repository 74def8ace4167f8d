/// How the samples of each class are predicted: the confusion matrix, and what follows from it.
///
/// **Source**: <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_fscore_support.html>
package struct ClassFigures: Sendable, Equatable, Codable {
  /// With more classes than this there is no matrix, only the figures by class.
  package static let mostInMatrix = 256

  /// How many samples have each class.
  package private(set) var support: [Int]
  /// How many samples are predicted to have each class.
  package private(set) var predicted: [Int]
  /// How many samples of each class are predicted as such.
  package private(set) var correct: [Int]
  /// The confusion matrix: a row for each class, a column for each prediction; empty where there are too many classes.
  package private(set) var counts: [Int]
  /// How many samples are left out because their label is not one of the classes.
  package var unlabelledCount = 0

  /// The figures of no samples yet.
  package init(classCount: Int) {
    let none = [Int](repeating: 0, count: max(0, classCount))
    (support, predicted, correct) = (none, none, none)
    counts =
      none.count <= ClassFigures.mostInMatrix ? [Int](repeating: 0, count: none.count * none.count) : []
  }

  /// The figures of a confusion matrix in row-major order; nil where it is not one.
  package init?(matrix: [Int], classCount: Int) {
    // Counts from elsewhere can be any numbers.
    guard (1...ClassFigures.mostInMatrix).contains(classCount), matrix.count == classCount * classCount,
      matrix.allSatisfy((0...Int.max >> 20).contains)
    else { return nil }
    self.init(classCount: classCount)
    for label in 0..<classCount {
      for prediction in 0..<classCount {
        add(label: label, prediction: prediction, count: matrix[label * classCount + prediction])
      }
    }
  }

  /// The figures of many classes, without their matrix; nil where the numbers do not fit one another.
  package init?(support: [Int], predicted: [Int], correct: [Int]) {
    guard support.count == predicted.count, support.count == correct.count,
      (support + predicted).allSatisfy((0...Int.max >> 32).contains),
      zip(correct, zip(support, predicted)).allSatisfy({ $0 >= 0 && $0 <= min($1.0, $1.1) })
    else { return nil }
    (self.support, self.predicted, self.correct, counts) = (support, predicted, correct, [])
  }

  /// How many classes there are.
  package var classCount: Int { support.count }
  /// Whether there is a matrix.
  package var hasMatrix: Bool { !counts.isEmpty }
  /// How many samples were counted.
  package var sampleCount: Int { support.reduce(0, +) }

  /// Adds samples of a class with the same prediction.
  package mutating func add(label: Int, prediction: Int, count: Int = 1) {
    guard support.indices.contains(label), support.indices.contains(prediction) else {
      unlabelledCount += count
      return
    }
    support[label] += count
    predicted[prediction] += count
    if label == prediction { correct[label] += count }
    if hasMatrix { counts[label * classCount + prediction] += count }
  }

  /// How many samples of a class are predicted to have another, or the same.
  package func count(label: Int, prediction: Int) -> Int {
    hasMatrix ? counts[label * classCount + prediction] : 0
  }

  /// The share of the samples that are predicted as labelled; nil without samples.
  package var accuracy: Double? { ClassFigures.share(correct.reduce(0, +), of: sampleCount) }

  /// The share of the samples predicted to have a class that have it; nil where it was never predicted.
  package func precision(of label: Int) -> Double? {
    ClassFigures.share(correct[label], of: predicted[label])
  }

  /// The share of a class's samples that are predicted to have it; nil where it has none.
  package func recall(of label: Int) -> Double? { ClassFigures.share(correct[label], of: support[label]) }

  /// The harmonic mean of precision and recall; nil where a class neither occurs nor is predicted.
  package func f1(of label: Int) -> Double? {
    ClassFigures.share(2 * correct[label], of: support[label] + predicted[label])
  }

  /// The share of a class's samples that are predicted to have another; nil where it has none.
  package func mispredictedShare(of label: Int) -> Double? { recall(of: label).map { 1 - $0 } }

  /// The share of each class's samples that are mispredicted; nil for a class without samples.
  package var mispredictedShares: [Double?] { support.indices.map(mispredictedShare) }

  /// Precision, recall and F1, averaged over the classes that occur or are predicted; one that is not defined counts
  /// as 0. Nil without samples.
  package var average: (precision: Double, recall: Double, f1: Double)? {
    let seen = support.indices.filter { support[$0] + predicted[$0] > 0 }
    guard !seen.isEmpty else { return nil }
    func mean(_ figure: (Int) -> Double?) -> Double {
      seen.reduce(0) { $0 + (figure($1) ?? 0) } / Double(seen.count)
    }
    return (mean(precision), mean(recall), mean(f1))
  }

  /// The prediction that samples of a class are given wrongly most often, with how many they are; nil for none.
  package func mostConfused(with label: Int) -> (prediction: Int, count: Int)? {
    guard hasMatrix else { return nil }
    var most: (prediction: Int, count: Int)?
    for prediction in support.indices where prediction != label {
      let count = count(label: label, prediction: prediction)
      if count > most?.count ?? 0 { most = (prediction, count) }
    }
    return most
  }

  static func share(_ part: Int, of all: Int) -> Double? { all == 0 ? nil : Double(part) / Double(all) }
}
