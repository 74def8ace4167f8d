/// How often in succession something held of each of some names. It remembers only those of which it holds now.
struct Streaks {
  private var lengths: [String: Int] = [:]

  /// Counts one more look: `names` are those of which it holds now.
  ///
  /// - Returns: the names of which it has held at least `length` times in succession, in their order.
  mutating func extend(_ names: [String], to length: Double) -> [String] {
    guard !names.isEmpty else {
      if !lengths.isEmpty { lengths = [:] }
      return []
    }
    var next: [String: Int] = [:]
    for name in names { next[name] = (lengths[name] ?? 0) + 1 }
    lengths = next
    return names.filter { Double(next[$0] ?? 0) >= length }
  }
}

/// Lets a rule whose findings are all of one fault tell it once, and again where the run is told anew from an earlier step.
struct Once {
  private var step: Int?

  /// Whether it is to be told at this step.
  mutating func tells(at now: Int) -> Bool {
    if let step, now >= step { return false }
    step = now
    return true
  }
}
