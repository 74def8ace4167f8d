/// How a length is shared out.
enum LayoutShares {
  /// Gives each part its least length, and what is left by weight as far as each can use it; what none can use goes
  /// mostly to the largest, so that the lengths add up. Where not even the least lengths fit, all are cut alike.
  static func lengths(of length: Int, least: [Int], most: [Int?], weights: [Int]) -> [Int] {
    let needed = least.reduce(0, +)
    guard needed <= length else { return shares(of: length, least) }
    var (lengths, most, weights) = (least, most, weights)
    var rest = length - needed
    while rest > 0 {
      var open = lengths.indices.filter { lengths[$0] < most[$0] ?? .max }
      if open.isEmpty {
        (open, most) = (Array(lengths.indices), most.map { _ in nil })
        weights = lengths.map { $0 * $0 }
      }
      guard !open.isEmpty else { break }
      let parts = shares(of: rest, open.map { weights[$0] })
      for (part, index) in zip(parts, open) {
        let taken = min(part, (most[index] ?? .max) - lengths[index])
        lengths[index] += taken
        rest -= taken
      }
    }
    return lengths
  }

  /// Shares that add up exactly, since the running total is rounded and not each share.
  private static func shares(of length: Int, _ weights: [Int]) -> [Int] {
    let all = max(1, weights.reduce(0, +))
    var (passed, given) = (0, 0)
    return weights.map { weight in
      passed += weight
      let upTo = length * passed / all
      defer { given = upTo }
      return upTo - given
    }
  }
}
