import Foundation
import Recording
import Testing

/// Packed numbers are the same when they are unpacked, and whatever is no packed numbers is refused.
struct PackingTests {
  @Test func numbersOfEverySizeAndKindComeBack() throws {
    var dice = Dice(seed: 7)
    for size in [1, 2, 4, 8] {
      for count in [0, 1, 31, 32, 33, 1_000, 5_000] {
        let kinds: [[UInt8]] = [
          (0..<size * count).map { _ in UInt8.random(in: 0...255, using: &dice) },
          [UInt8](repeating: 0, count: size * count),
          (0..<size * count).map { $0 % size == size - 1 ? 61 : UInt8.random(in: 0...255, using: &dice) },
          (0..<size * count).map { UInt8($0 % 7) },
        ]
        for bytes in kinds {
          let packed = Packing.pack(bytes, elementSize: size)
          #expect(packed.count <= bytes.count + 1)
          #expect(try Packing.unpack(packed, elementSize: size, count: count) == bytes)
          #expect(try Packing.unpack(Packing.raw(bytes), elementSize: size, count: count) == bytes)
        }
      }
    }
  }

  @Test func numbersWithOneExponentTakeLessRoom() {
    var dice = Dice(seed: 3)
    let bytes = storedBytes((0..<10_000).map { _ in Float.random(in: 0.5..<1, using: &dice) })
    #expect(Packing.pack(bytes, elementSize: 4).count < bytes.count * 8 / 10)
  }

  @Test func aClaimOfMoreThanTheBytesCanHoldIsRefusedUnread() {
    let packed = Packing.pack([UInt8](repeating: 0, count: 4_000), elementSize: 4)
    for count in [Int.max, Int.max / 8, 1 << 40, 1 << 28, 1_001, 999, 0, -1] {
      #expect(throws: Packing.Defect.self) {
        _ = try Packing.unpack(packed, elementSize: 4, count: count)
      }
    }
    #expect(throws: Packing.Defect.self) { _ = try Packing.unpack([], elementSize: 4, count: 0) }
    #expect(throws: Packing.Defect.self) { _ = try Packing.unpack(packed, elementSize: 8, count: 500) }
  }

  @Test func changedBytesNeverCrashAndGiveJustSoManyNumbers() {
    var dice = Dice(seed: 11)
    let bytes = storedBytes((0..<500).map { Float($0) })
    let whole = Packing.pack(bytes, elementSize: 4)
    for _ in 0..<5_000 {
      var packed = whole
      for _ in 0..<Int.random(in: 1...4, using: &dice) {
        let place = Int.random(in: 0..<packed.count, using: &dice)
        packed[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
      }
      if Bool.random(using: &dice) { packed.removeLast(Int.random(in: 0...packed.count, using: &dice)) }
      if let got = try? Packing.unpack(packed, elementSize: 4, count: 500) {
        #expect(got.count == bytes.count)
      }
    }
  }
}
