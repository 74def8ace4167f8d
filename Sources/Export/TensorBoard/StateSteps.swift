/// The steps at which an export shows weights and gradients: regular ones, at keyframes where these are near.
struct StateSteps {
  /// The steps, rising.
  let steps: [Int]

  private static let count = 30
  /// As many steps are run again in all to get to those between keyframes.
  private static let recomputedSteps = 3_000

  /// The steps of a recording.
  ///
  /// - Parameters:
  ///   - last: The last recorded step.
  ///   - stored: The steps of which something is stored, rising.
  ///   - recomputes: Whether steps between can be computed again.
  init(last: Int, stored: [Int], recomputes: Bool) {
    // A file may claim any last step; sums of such numbers must not overflow.
    let last = min(last, 1 << 50)
    let stored = stored.filter { (1...max(1, last)).contains($0) }
    guard last >= 1, let first = stored.first else {
      steps = []
      return
    }
    let targets = min(StateSteps.count, last - first + 1)
    let spacing = Double(last - first) / Double(max(1, targets - 1))
    var budget = StateSteps.recomputedSteps
    var chosen: Set<Int> = []
    for place in 0..<targets {
      let target = first + Int(spacing * Double(place))
      let after = stored.partitioningIndex { $0 > target }
      let before = stored[max(0, after - 1)]
      let near =
        [before, after < stored.count ? stored[after] : before].min {
          abs($0 - target) < abs($1 - target)
        } ?? before
      if Double(abs(near - target)) <= spacing / 2 {
        chosen.insert(near)
      } else if recomputes, target - before <= budget {
        budget -= target - before
        chosen.insert(target)
      }
    }
    steps = chosen.sorted()
  }
}

extension Array {
  /// The index of the first element for which a predicate is true, in a list in which it stays true from there on.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
