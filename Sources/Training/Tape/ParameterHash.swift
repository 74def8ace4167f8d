import CKernels

/// A 64-bit hash of blocks of bytes, fast enough to be taken while training runs.
///
/// It tells states of a run apart; it is not cryptographic.
package struct ParameterHash {
  /// The hash of all that was added, in its order.
  package private(set) var value: UInt64 = 0

  /// The hash of nothing.
  package init() {}

  /// Adds a block of bytes; where one block ends and the next begins matters too.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    value = tapedeck_hash(value, bytes.baseAddress, bytes.count)
  }
}
