import Autograd

/// Damages files in the ways that files get damaged, and in some that an attacker would choose.
struct Mutator {
  private var generator: Generator

  init(seed: UInt64) {
    generator = Generator(seed: seed)
  }

  /// A copy with one to four mutations.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...generator.below(4) { mutateOnce(&result) }
    return result
  }

  private mutating func mutateOnce(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(generator.below(256))) }
    let place = generator.below(bytes.count)
    switch generator.below(9) {
    case 0: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[place] = UInt8(generator.below(256))
    case 2: bytes.removeLast(generator.below(bytes.count) + 1)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(8)))
    case 4:
      bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + generator.below(16))], at: place)
    case 5: bytes += (0...generator.below(8)).map { _ in UInt8(generator.below(256)) }
    case 6: overwriteWord(&bytes, at: place)
    default: replaceNumber(&bytes, near: place)
    }
  }

  /// Puts an extreme integer of 1 to 8 bytes in place of what is there.
  private mutating func overwriteWord(_ bytes: inout [UInt8], at place: Int) {
    let extremes: [UInt64] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 62, .max]
    let value = extremes[generator.below(extremes.count)]
    for offset in 0..<min(8, bytes.count - place) {
      bytes[place + offset] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(offset)))
    }
  }

  /// Puts another number in place of the next one written in decimal digits.
  private mutating func replaceNumber(_ bytes: inout [UInt8], near place: Int) {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.endIndex
    let numbers = [
      "", "0", "1", "-1", "2", "7", "255", "65536", "2147483648", "4294967296", "4611686018427387904",
      "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1e9", "1.5", "00", "nan",
    ]
    bytes.replaceSubrange(start..<end, with: numbers[generator.below(numbers.count)].utf8)
  }
}
