/// A tensor's values in summary. NaN and infinite values are counted, and otherwise left out.
package struct TensorStatistics: Sendable, Equatable, Codable {
  /// How many values there are.
  package var count = 0
  /// The smallest finite value.
  package var minimum: Float = 0
  /// The largest finite value.
  package var maximum: Float = 0
  /// The mean of the finite values.
  package var mean: Float = 0
  /// The standard deviation over all values (divided by their number).
  package var deviation: Float = 0
  /// The Euclidean norm.
  package var norm: Float = 0
  /// How many values are exactly zero.
  package var zeroCount = 0
  /// How many values are NaN.
  package var nanCount = 0
  /// How many values are infinite.
  package var infiniteCount = 0

  /// The statistics of some values; all zero where there are none.
  package init(_ values: some Collection<Float>) {
    let isDone: Void? = values.withContiguousStorageIfAvailable { measure($0) }
    if isDone == nil { Array(values).withUnsafeBufferPointer { measure($0) } }
  }

  /// The statistics of values in memory; all zero where there are none.
  package init(_ values: UnsafeBufferPointer<Float>) { measure(values) }

  /// The statistics of values in memory, in double precision.
  package init(_ values: UnsafeBufferPointer<Double>) { measure(values) }

  @inline(__always)
  private mutating func measure<S: BinaryFloatingPoint>(_ values: UnsafeBufferPointer<S>) {
    var (sum, squares, low, high, finite) = (0.0, 0.0, S.infinity, -S.infinity, 0)
    count = values.count
    for value in values {
      guard value.isFinite else {
        if value.isNaN { nanCount += 1 } else { infiniteCount += 1 }
        continue
      }
      finite += 1
      if value == 0 { zeroCount += 1 }
      low = value < low ? value : low
      high = value > high ? value : high
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    guard finite > 0 else {
      (minimum, maximum) = (.nan, .nan)
      (mean, deviation, norm) = (.nan, .nan, count == 0 ? 0 : .nan)
      return
    }
    // Around the mean, in a second pass: equal values, whose sum is exact in double, have no deviation.
    let center = sum / Double(finite)
    var spread = 0.0
    for value in values where value.isFinite {
      spread += (Double(value) - center) * (Double(value) - center)
    }
    (minimum, maximum, mean) = (Float(low), Float(high), Float(center))
    (deviation, norm) = (Float((spread / Double(finite)).squareRoot()), Float(squares.squareRoot()))
  }

  /// The share of values that are exactly zero.
  package var zeroShare: Float { count == 0 ? 0 : Float(zeroCount) / Float(count) }
}
