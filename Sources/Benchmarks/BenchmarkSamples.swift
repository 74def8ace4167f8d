/// The times of a step, measured again and again.
package struct BenchmarkSamples: Sendable, Equatable {
  /// Seconds a step, in ascending order.
  package private(set) var seconds: [Double]

  /// Times in any order.
  package init(_ seconds: [Double] = []) { self.seconds = seconds.sorted() }

  /// Adds one time.
  mutating func add(_ time: Double) { self = BenchmarkSamples(seconds + [time]) }

  /// The time that half of the samples stay below.
  package var median: Double { percentile(50) }

  /// The time that `percent` of the samples stay below, between two samples in proportion; NaN of none.
  package func percentile(_ percent: Double) -> Double {
    guard let last = seconds.last else { return .nan }
    let place = percent / 100 * Double(seconds.count - 1)
    let index = Int(place)
    guard index + 1 < seconds.count else { return last }
    return seconds[index] + (place - Double(index)) * (seconds[index + 1] - seconds[index])
  }
}
