/// How a node's values are spread, in so few numbers that each node on the screen can have one.
package struct ValueSketch: Sendable, Equatable, Codable {
  /// How many bins there are from the smallest value to the greatest.
  package static let binCount = 8

  /// The smallest finite value.
  package var low: Float
  /// The greatest finite value.
  package var high: Float
  /// How many values fall into each bin, as a share of those in the fullest: 255 there, 0 in an empty bin only.
  package var bins: SIMD8<UInt8>

  /// A sketch with its bins.
  package init(low: Float, high: Float, bins: SIMD8<UInt8>) {
    self.low = low
    self.high = high
    self.bins = bins
  }

  /// At most this many values are looked at.
  private static let mostValues = 4_096

  /// The sketch of `count` values, of many those at even distances; nil where none of them is finite.
  package init?(_ count: Int, _ value: (Int) -> Float) {
    // An odd step, so that it does not keep to some columns of a matrix.
    let step = count > ValueSketch.mostValues ? count / ValueSketch.mostValues | 1 : 1
    var (low, high) = (Float.infinity, -Float.infinity)
    for index in stride(from: 0, to: count, by: step) {
      let value = value(index)
      guard value.isFinite else { continue }
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return nil }
    var counts = SIMD8<Int32>(repeating: 0)
    let perUnit = high > low ? Double(ValueSketch.binCount) / (Double(high) - Double(low)) : 0
    for index in stride(from: 0, to: count, by: step) {
      let value = value(index)
      guard value.isFinite else { continue }
      counts[min(ValueSketch.binCount - 1, Int((Double(value) - Double(low)) * perUnit))] += 1
    }
    let fullest = max(1, Int(counts.max()))
    var bins = SIMD8<UInt8>(repeating: 0)
    for bin in 0..<ValueSketch.binCount where counts[bin] > 0 {
      bins[bin] = UInt8(max(1, Int(counts[bin]) * 255 / fullest))
    }
    self.init(low: low, high: high, bins: bins)
  }
}
