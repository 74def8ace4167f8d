/// Random numbers by counter: each is a function of (seed, purpose, step, index) alone.
///
/// What was drawn before does not matter, so any moment of a run can be computed again without a saved state.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011), Philox4x32-10.
public struct Generator: Sendable {
  /// What the numbers are for; streams of different purposes are independent.
  public enum Purpose: UInt32, Sendable {
    case initialization = 1
    case shuffling, dropout, data, user
  }

  private let key: (UInt32, UInt32)
  private let purpose: UInt32
  private let step: UInt32
  private var index: UInt64 = 0

  /// The stream of numbers for a purpose at a step, from its start.
  public init(seed: UInt64, purpose: Purpose = .user, step: Int = 0) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.purpose = purpose.rawValue
    self.step = UInt32(truncatingIfNeeded: step)
  }

  /// The stream for the `call`-th use of a purpose within a step; each has 2⁴⁰ places of its own.
  public init(seed: UInt64, purpose: Purpose, step: Int, call: Int) {
    self.init(seed: seed, purpose: purpose, step: step)
    index = UInt64(truncatingIfNeeded: call) << 40
  }

  /// The place of the next number.
  package var position: UInt64 { index }

  /// The four 32-bit numbers at a place of the stream.
  public func block(at index: UInt64) -> (UInt32, UInt32, UInt32, UInt32) {
    var counter = (
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), step, purpose
    )
    var key = key
    for _ in 0..<10 {
      let first = (0xD251_1F53 as UInt32).multipliedFullWidth(by: counter.0)
      let second = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: counter.2)
      counter = (
        second.high ^ counter.1 ^ key.0, second.low, first.high ^ counter.3 ^ key.1, first.low
      )
      key = (key.0 &+ 0x9E37_79B9, key.1 &+ 0xBB67_AE85)
    }
    return counter
  }

  /// The next number drawn evenly from 0 up to but not including 1, with 53 random bits.
  public mutating func uniform() -> Double {
    let words = block(at: index)
    index += 1
    return Generator.fraction(words.0, words.1)
  }

  /// The next standard normal number, by Box and Muller's transform.
  public mutating func normal() -> Double {
    let words = block(at: index)
    index += 1
    let radius = (-2 * Double.log(1 - Generator.fraction(words.0, words.1))).squareRoot()
    return radius * Double.cos(2 * .pi * Generator.fraction(words.2, words.3))
  }

  /// The next whole number from 0 up to but not including `bound`; 0 where there is none.
  public mutating func below(_ bound: Int) -> Int {
    let words = block(at: index)
    index += 1
    let random = UInt64(words.0) << 32 | UInt64(words.1)
    return Int(random.multipliedFullWidth(by: UInt64(max(bound, 0))).high)
  }

  /// 0 ..< count in a random order (Fisher and Yates); nothing where that is empty.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(count, 0))
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, below(last + 1)) }
    return order
  }

  private static func fraction(_ high: UInt32, _ low: UInt32) -> Double {
    Double((UInt64(high) << 32 | UInt64(low)) >> 11) * 0x1p-53
  }
}
