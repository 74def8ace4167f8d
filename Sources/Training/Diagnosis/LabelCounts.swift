import Autograd

/// Counts the labels of the first epoch.
struct LabelCounts {
  private static let mostClasses = 10_000

  /// How many classes the output has; nil while that is not known.
  var classCount: Int?
  private var counts: [Int]? = Array(repeating: 0, count: mostClasses)

  /// Counts the labels of a batch.
  mutating func add(_ targets: Tensor) {
    guard var sums = counts.take(), targets.dtype == .int64, targets.rank == 1, targets.isContiguous else {
      return
    }
    // There are as many labels as samples: nothing is checked for each but that it is a class.
    sums.withUnsafeMutableBufferPointer { sums in
      withExtendedLifetime(targets) {
        for label in targets.values(Int64.self) where UInt64(bitPattern: label) < UInt64(sums.count) {
          sums[Int(truncatingIfNeeded: label)] &+= 1
        }
      }
    }
    counts = sums
  }

  /// How often each class occurred, once, after the first epoch; nil where targets are not classes.
  mutating func takeCounts() -> [Int]? {
    guard let counts = counts.take(), let classCount, classCount <= LabelCounts.mostClasses else {
      return nil
    }
    return Array(counts[..<classCount])
  }
}
