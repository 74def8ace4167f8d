/// Hands out blocks of memory and takes them back, so that a training step allocates none after the first.
///
/// Blocks are kept by their exact size: a training run asks for the same sizes in every step. Those of one
/// size are a chain, each idle block holding the address of the next in its own first bytes.
/// Owner: the thread that runs the tensors. A pool is not shared between threads.
package final class StoragePool {
  /// The first idle block of each size up to ``smallByteCount``, by size in units of 64 bytes.
  private let small: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  /// The first idle block of each greater size.
  @exclusivity(unchecked) private var large: [Int: UnsafeMutableRawPointer] = [:]
  /// Sizes up to this are found without a dictionary, whose hash would cost more than a small operator.
  private static let smallByteCount = 1 << 16

  /// Bytes now held for reuse.
  @exclusivity(unchecked) package private(set) var idleByteCount = 0

  /// How many blocks the system had to allocate since the pool was made.
  @exclusivity(unchecked) package private(set) var systemAllocationCount = 0

  private let maximumIdleByteCount: Int

  /// A pool that keeps at most `maximumIdleByteCount` bytes for reuse; the rest goes back to the system.
  package init(maximumIdleByteCount: Int = 1 << 30) {
    self.maximumIdleByteCount = maximumIdleByteCount
    small = .allocate(capacity: StoragePool.smallPlaces)
    small.initialize(repeating: nil, count: StoragePool.smallPlaces)
  }

  deinit {
    for place in 0..<StoragePool.smallPlaces { release(small[place]) }
    for first in large.values { release(first) }
    small.deallocate()
  }

  private static var smallPlaces: Int { smallByteCount / 64 + 1 }

  /// Gives a chain of blocks back to the system.
  private func release(_ first: UnsafeMutableRawPointer?) {
    var next = first
    while let block = next {
      next = block.load(as: UnsafeMutableRawPointer?.self)
      block.deallocate()
    }
  }

  /// A block of at least `byteCount` bytes, aligned for the widest vector; its contents are undefined.
  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let size = StoragePool.roundedSize(byteCount)
    let isSmall = size <= StoragePool.smallByteCount
    if let block = isSmall ? small[size / 64] : large[size] {
      let next = block.load(as: UnsafeMutableRawPointer?.self)
      if isSmall { small[size / 64] = next } else { large[size] = next }
      idleByteCount -= size
      return block
    }
    systemAllocationCount += 1
    return StoragePool.allocate(byteCount)
  }

  /// Takes back a block that ``take(byteCount:)`` gave for the same size.
  func give(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    let size = StoragePool.roundedSize(byteCount)
    guard idleByteCount + size <= maximumIdleByteCount else { return block.deallocate() }
    idleByteCount += size
    if size <= StoragePool.smallByteCount {
      block.storeBytes(of: small[size / 64], as: UnsafeMutableRawPointer?.self)
      small[size / 64] = block
    } else {
      block.storeBytes(of: large[size], as: UnsafeMutableRawPointer?.self)
      large[size] = block
    }
  }

  /// A block straight from the system, for tensors that live outside any pool.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: roundedSize(byteCount), alignment: 64)
  }

  private static func roundedSize(_ byteCount: Int) -> Int { Swift.max(64, (byteCount + 63) & ~63) }
}
