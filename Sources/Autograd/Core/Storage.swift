/// A block of memory that one or more tensors view.
package final class Storage {
  package let pointer: UnsafeMutableRawPointer
  package let byteCount: Int
  package let dtype: DType

  /// Goes up with every change in place; backward compares it to find values that changed under it.
  @exclusivity(unchecked) package internal(set) var version = 0

  private let pool: StoragePool?

  /// Memory for `count` elements with undefined contents, from `pool` where there is one.
  init(dtype: DType, count: Int, pool: StoragePool?) {
    self.dtype = dtype
    self.pool = pool
    byteCount = count * dtype.byteCount
    pointer = pool?.take(byteCount: byteCount) ?? StoragePool.allocate(byteCount)
  }

  deinit {
    if let pool { pool.give(pointer, byteCount: byteCount) } else { pointer.deallocate() }
  }
}
