/// The hashes of the last steps that had one taken: older ones make room for new ones.
package struct RecentHashes {
  private struct Entry {
    let step: Int
    let hash: UInt64
  }

  private let capacity: Int
  private var entries: [Entry] = []
  /// The position of the oldest entry, once the ring is full.
  private var oldest = 0

  /// An empty ring of at most `capacity` hashes; by default every eighth of 100,000 steps.
  package init(capacity: Int = 12_500) { self.capacity = max(1, capacity) }

  /// How many hashes it has.
  package var count: Int { entries.count }

  /// Adds the hash at the start of a step later than all before.
  package mutating func append(_ hash: UInt64, at step: Int) {
    let entry = Entry(step: step, hash: hash)
    if entries.count < capacity {
      entries.append(entry)
    } else {
      entries[oldest] = entry
      oldest = (oldest + 1) % capacity
    }
  }

  /// Removes the hashes after a step.
  package mutating func removeAll(after step: Int) {
    entries = (0..<entries.count).map(entry).filter { $0.step <= step }
    oldest = 0
  }

  /// The hash at the start of a step; nil if none was taken or it is too long ago.
  package subscript(step: Int) -> UInt64? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle).step < step { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, case let found = entry(low), found.step == step else { return nil }
    return found.hash
  }

  private func entry(_ place: Int) -> Entry { entries[(oldest + place) % entries.count] }
}
