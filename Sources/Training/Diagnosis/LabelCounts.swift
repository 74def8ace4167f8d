import Autograd

/// Counts the labels of the first epoch.
struct LabelCounts {
  private static let mostClasses = 10_000

  /// How many classes the output has; nil while that is not known.
  var classCount: Int?
  private var counts: [Int]? = []

  /// Counts the labels of a batch.
  mutating func add(_ targets: Tensor) {
    guard var sums = counts.take(), targets.dtype == .int64, targets.rank == 1, targets.isContiguous else {
      return
    }
    withExtendedLifetime(targets) {
      for label in targets.values(Int64.self) where (0..<Int64(LabelCounts.mostClasses)).contains(label) {
        let label = Int(label)
        if label >= sums.count { sums += repeatElement(0, count: label + 1 - sums.count) }
        sums[label] += 1
      }
    }
    counts = sums
  }

  /// How often each class occurred, once, after the first epoch; nil where targets are not classes.
  mutating func takeCounts() -> [Int]? {
    guard let counts = counts.take(), let classCount, classCount <= LabelCounts.mostClasses else {
      return nil
    }
    return (0..<classCount).map { $0 < counts.count ? counts[$0] : 0 }
  }
}
