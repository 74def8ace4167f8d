/// Things kept of a run at some steps, which are given up so that the rest stay evenly spread.
package struct EvenSeries: Sendable, Equatable {
  /// One thing that is kept.
  package struct Entry: Sendable, Equatable {
    /// The step it belongs to.
    package var step: Int
    /// **Units**: bytes.
    package var size: Int

    /// A thing of some size.
    package init(step: Int, size: Int) {
      self.step = step
      self.size = size
    }
  }

  /// Nothing is kept yet.
  package init() {}

  /// All that is kept, by step.
  package private(set) var entries: [Entry] = []
  /// What they take together.
  package private(set) var byteCount = 0

  /// Adds one, in place of one at the same step.
  package mutating func insert(_ entry: Entry) {
    let place = place(from: entry.step)
    if place < entries.count, entries[place].step == entry.step {
      byteCount -= entries[place].size
      entries[place] = entry
    } else {
      entries.insert(entry, at: place)
    }
    byteCount += entry.size
  }

  /// Gives up the one at a step, where there is one.
  package mutating func remove(_ step: Int) {
    let place = place(from: step)
    guard place < entries.count, entries[place].step == step else { return }
    byteCount -= entries.remove(at: place).size
  }

  /// Gives up all after a step.
  package mutating func remove(after step: Int) {
    for entry in entries[place(from: step + 1)...] { byteCount -= entry.size }
    entries.removeSubrange(place(from: step + 1)...)
  }

  /// Gives up the one whose neighbours are then the least far apart; the newest and, if it can be, the first stay.
  ///
  /// So distances grow by doubling, from the beginning on.
  /// - Returns: What was given up, and how far apart its neighbours are; nil where only one is left.
  package mutating func evict() -> (entry: Entry, gap: Int)? {
    guard entries.count > 1 else { return nil }
    guard entries.count > 2 else {
      byteCount -= entries[0].size
      return (entries.removeFirst(), 0)
    }
    var (best, smallest) = (1, Int.max)
    for place in 1..<entries.count - 1 {
      let gap = entries[place + 1].step - entries[place - 1].step
      if gap < smallest { (best, smallest) = (place, gap) }
    }
    byteCount -= entries[best].size
    return (entries.remove(at: best), smallest)
  }

  private func place(from step: Int) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].step < step { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
