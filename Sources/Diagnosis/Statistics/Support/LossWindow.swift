import Foundation
import Trace

/// The losses of a run in a fixed number of means, each of as many steps as fit: enough to compare its thirds.
struct LossWindow {
  private static let capacity = 60

  /// The means, oldest first.
  private(set) var means: [Double] = []
  /// How many steps a mean is of.
  private var width = 1
  private var sum = 0.0
  private var count = 0

  init() { means.reserveCapacity(LossWindow.capacity) }

  /// Takes a loss; nothing is allocated.
  ///
  /// - Returns: whether the window is now a good one to be judged: at a third more steps than when room was made, at two
  ///   thirds more, and full.
  mutating func take(_ loss: Double) -> Bool {
    sum += loss
    count += 1
    guard count == width else { return false }
    means.append(sum / Double(count))
    (sum, count) = (0, 0)
    return means.count > LossWindow.capacity / 2 && means.count.isMultiple(of: LossWindow.capacity / 6)
  }

  /// Joins neighbours where the window is full, so that there is room again.
  mutating func makeRoom() {
    guard means.count == LossWindow.capacity else { return }
    for place in 0..<LossWindow.capacity / 2 { means[place] = (means[2 * place] + means[2 * place + 1]) / 2 }
    means.removeLast(LossWindow.capacity / 2)
    width *= 2
  }

  /// The median of the last third.
  var recent: Double { LossWindow.median(means.suffix(means.count / 3)) }

  /// The median of the third before it. What happens in the first is often a fall to guessing, or a leap.
  var earlier: Double { LossWindow.median(means.dropLast(means.count / 3).suffix(means.count / 3)) }

  /// In how many of all pairs the mean of the last third is below that of the third before (Mann and Whitney's test): half of
  /// them where nothing has changed, whatever the noise; all of them where the loss falls steadily, however slowly.
  var shareOfLower: Double {
    let third = means.count / 3
    guard third > 0 else { return 1 }
    var lower = 0
    for late in means.suffix(third) {
      for early in means.dropLast(third).suffix(third) where late < early { lower += 1 }
    }
    return Double(lower) / Double(third * third)
  }

  private static func median(_ values: ArraySlice<Double>) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }
}
