/// A 64-bit hash of bytes, fast enough to be taken while training runs: four lanes of multiply and rotate.
///
/// It tells states of one program apart; it is no format and no protection.
/// **Source**: the rounds of XXH64, <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>
package struct ParameterHash {
  private static let first: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let second: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let third: UInt64 = 0x1656_67B1_9E37_79F9

  /// The hash of all that was added, in its order.
  package private(set) var value: UInt64 = ParameterHash.third

  /// The hash of nothing.
  package init() {}

  /// Adds a block of bytes; where one block ends and the next begins matters too.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var (a, b, c, d) = (value, value ^ ParameterHash.first, value ^ ParameterHash.second, ~value)
    var place = 0
    while place + 32 <= bytes.count {
      a = ParameterHash.round(a, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      b = ParameterHash.round(b, bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
      c = ParameterHash.round(c, bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self))
      d = ParameterHash.round(d, bytes.loadUnaligned(fromByteOffset: place + 24, as: UInt64.self))
      place += 32
    }
    while place < bytes.count {
      a = ParameterHash.round(a, UInt64(bytes[place]))
      place += 1
    }
    for lane in [a, b, c, d, UInt64(bytes.count)] { value = ParameterHash.round(value, lane) }
    value ^= value >> 29
    value &*= ParameterHash.third
    value ^= value >> 32
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = lane &+ word &* second
    return (mixed << 31 | mixed >> 33) &* first
  }
}
