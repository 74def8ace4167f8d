/// Things kept of a run at some iterations, which are given up so that the rest stay evenly spread.
package struct EvenSeries: Sendable, Equatable {
  /// One thing that is kept.
  package struct Entry: Sendable, Equatable {
    /// The iteration it belongs to.
    package var iteration: Int
    /// **Units**: bytes.
    package var size: Int

    /// A thing of some size.
    package init(iteration: Int, size: Int) {
      self.iteration = iteration
      self.size = size
    }
  }

  /// Nothing is kept yet.
  package init() {}

  /// All that is kept, by iteration.
  package private(set) var entries: [Entry] = []
  /// What they take together.
  package private(set) var byteCount = 0

  /// Adds one, in place of one at the same iteration.
  package mutating func insert(_ entry: Entry) {
    let place = place(from: entry.iteration)
    if place < entries.count, entries[place].iteration == entry.iteration {
      byteCount -= entries[place].size
      entries[place] = entry
    } else {
      entries.insert(entry, at: place)
    }
    byteCount += entry.size
  }

  /// Gives up all after an iteration.
  package mutating func remove(after iteration: Int) {
    for entry in entries[place(from: iteration + 1)...] { byteCount -= entry.size }
    entries.removeSubrange(place(from: iteration + 1)...)
  }

  /// Gives up the one whose neighbours are then the least far apart; the newest and, if it can be, the first stay.
  ///
  /// So distances grow by doubling, from the beginning on.
  /// - Returns: What was given up, and how far apart its neighbours are; nil where only one is left.
  package mutating func giveUp() -> (entry: Entry, gap: Int)? {
    guard entries.count > 1 else { return nil }
    guard entries.count > 2 else {
      byteCount -= entries[0].size
      return (entries.removeFirst(), 0)
    }
    var (best, smallest) = (1, Int.max)
    for place in 1..<entries.count - 1 {
      let gap = entries[place + 1].iteration - entries[place - 1].iteration
      if gap < smallest { (best, smallest) = (place, gap) }
    }
    byteCount -= entries[best].size
    return (entries.remove(at: best), smallest)
  }

  private func place(from iteration: Int) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].iteration < iteration { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
