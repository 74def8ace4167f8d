/// Hands out blocks of memory and takes them back, so that a training step allocates none after the first.
///
/// Blocks are kept by their exact size: a training run asks for the same sizes in every iteration.
/// Owner: the thread that runs the tensors. A pool is not shared between threads.
package final class StoragePool {
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]

  /// Bytes now held for reuse.
  package private(set) var idleByteCount = 0

  /// How many blocks had to be asked of the system since the pool was made.
  package private(set) var systemAllocationCount = 0

  private let maximumIdleByteCount: Int

  /// A pool that keeps at most `maximumIdleByteCount` bytes for reuse; the rest goes back to the system.
  package init(maximumIdleByteCount: Int = 1 << 30) {
    self.maximumIdleByteCount = maximumIdleByteCount
  }

  deinit {
    for blocks in free.values {
      for block in blocks { block.deallocate() }
    }
  }

  /// A block of at least `byteCount` bytes, aligned for the widest vector; its contents are undefined.
  func take(byteCount: Int) -> UnsafeMutableRawPointer {
    let size = StoragePool.roundedSize(byteCount)
    if let block = free[size]?.popLast() {
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
    free[size, default: []].append(block)
  }

  /// A block straight from the system, for tensors that live outside any pool.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: roundedSize(byteCount), alignment: 64)
  }

  private static func roundedSize(_ byteCount: Int) -> Int { Swift.max(64, (byteCount + 63) & ~63) }
}
