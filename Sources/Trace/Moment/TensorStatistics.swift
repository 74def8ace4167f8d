import CKernels

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

  /// The statistics of some values; NaN, and a norm of 0, where there are none.
  package init(_ values: some Collection<Float>) {
    self =
      values.withContiguousStorageIfAvailable { TensorStatistics($0) }
      ?? Array(values).withUnsafeBufferPointer { TensorStatistics($0) }
  }

  /// The statistics of values in memory; NaN, and a norm of 0, where there are none.
  package init(_ values: UnsafeBufferPointer<Float>) {
    take(tapedeck_statistics_float(values.count, values.baseAddress), of: values.count) {
      tapedeck_spread_float(values.count, values.baseAddress, $0)
    }
  }

  /// The statistics of values in memory, in double precision.
  package init(_ values: UnsafeBufferPointer<Double>) {
    take(tapedeck_statistics_double(values.count, values.baseAddress), of: values.count) {
      tapedeck_spread_double(values.count, values.baseAddress, $0)
    }
  }

  /// Takes what was measured; `spread` adds up the squares of distances from a center.
  private mutating func take(
    _ measured: TapedeckStatistics, of count: Int, spread: (_ center: Double) -> Double
  ) {
    self.count = count
    (zeroCount, nanCount) = (measured.zeros, measured.nans)
    infiniteCount = count - measured.finite - measured.nans
    guard measured.finite > 0 else {
      (minimum, maximum, mean, deviation, norm) = (.nan, .nan, .nan, .nan, count == 0 ? 0 : .nan)
      return
    }
    let finite = Double(measured.finite)
    // Around the mean, in a second pass: equal values, whose sum is exact in double, have no deviation.
    let center = measured.sum / finite
    (minimum, maximum, mean) = (Float(measured.low), Float(measured.high), Float(center))
    (deviation, norm) = (Float((spread(center) / finite).squareRoot()), Float(measured.squares.squareRoot()))
  }

  /// The share of values that are exactly zero.
  package var zeroShare: Float { count == 0 ? 0 : Float(zeroCount) / Float(count) }
}
