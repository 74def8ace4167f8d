/// The hashes of the last iterations that had one taken: older ones make room for new ones.
package struct HashRing {
  private struct Entry {
    let iteration: Int
    let hash: UInt64
  }

  private let capacity: Int
  private var entries: [Entry] = []
  /// The position of the oldest entry, once the ring is full.
  private var oldest = 0

  /// An empty ring of at most `capacity` hashes; by default every eighth of 100,000 iterations.
  package init(capacity: Int = 12_500) { self.capacity = max(1, capacity) }

  /// How many hashes it has.
  package var count: Int { entries.count }

  /// Adds the hash at the start of an iteration later than all before.
  package mutating func append(_ hash: UInt64, at iteration: Int) {
    let entry = Entry(iteration: iteration, hash: hash)
    if entries.count < capacity {
      entries.append(entry)
    } else {
      entries[oldest] = entry
      oldest = (oldest + 1) % capacity
    }
  }

  /// Removes the hashes after an iteration.
  package mutating func removeAll(after iteration: Int) {
    entries = (0..<entries.count).map(entry).filter { $0.iteration <= iteration }
    oldest = 0
  }

  /// The hash at the start of an iteration; nil if none was taken or it is too long ago.
  package subscript(iteration: Int) -> UInt64? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle).iteration < iteration { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, case let found = entry(low), found.iteration == iteration else { return nil }
    return found.hash
  }

  private func entry(_ place: Int) -> Entry { entries[(oldest + place) % entries.count] }
}
