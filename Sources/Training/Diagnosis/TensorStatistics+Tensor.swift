import Autograd
import Trace

extension TensorStatistics {
  /// The statistics of a tensor; nil of one without floating-point numbers.
  init?(of tensor: Tensor) {
    guard tensor.elementCount > 0 else { return nil }
    let packed = tensor.packed()
    let statistics: TensorStatistics? = withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32: TensorStatistics(UnsafeBufferPointer(packed.values(Float.self)))
      case .float64: TensorStatistics(UnsafeBufferPointer(packed.values(Double.self)))
      case .int64, .bool: nil
      }
    }
    guard let statistics else { return nil }
    self = statistics
  }
}

extension Tensor {
  /// The mean of the magnitudes of its numbers; nil where it has none.
  var meanMagnitude: Float? {
    guard elementCount > 0 else { return nil }
    let packed = packed()
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32: Tensor.meanMagnitude(UnsafeBufferPointer(packed.values(Float.self)))
      case .float64: Tensor.meanMagnitude(UnsafeBufferPointer(packed.values(Double.self)))
      case .int64, .bool: nil
      }
    }
  }

  @inline(__always)
  private static func meanMagnitude<S: FloatingScalar>(_ values: UnsafeBufferPointer<S>) -> Float {
    // Four running totals, which the processor can add to at once.
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var place = 0
    while place < values.count & ~3 {
      a += Double(values[place].magnitude)
      b += Double(values[place + 1].magnitude)
      c += Double(values[place + 2].magnitude)
      d += Double(values[place + 3].magnitude)
      place += 4
    }
    while place < values.count {
      a += Double(values[place].magnitude)
      place += 1
    }
    return Float(((a + b) + (c + d)) / Double(values.count))
  }

  /// Whether another tensor of the shape has the same numbers but for rounding: |a − b| ≤ 1e-8 + 1e-5 · |b|, as in
  /// `torch.allclose`.
  func isClose(to other: Tensor) -> Bool {
    guard elementCount == other.elementCount, dtype == other.dtype else { return false }
    let (left, right) = (packed(), other.packed())
    return withExtendedLifetime((left, right)) {
      switch dtype {
      case .float32: Tensor.areClose(left.values(Float.self), right.values(Float.self))
      case .float64: Tensor.areClose(left.values(Double.self), right.values(Double.self))
      case .int64, .bool: false
      }
    }
  }

  @inline(__always)
  private static func areClose<S: FloatingScalar>(
    _ left: UnsafeMutableBufferPointer<S>, _ right: UnsafeMutableBufferPointer<S>
  ) -> Bool {
    for place in left.indices {
      let (a, b) = (Double(left[place]), Double(right[place]))
      if !((a - b).magnitude <= 1e-8 + 1e-5 * b.magnitude) { return false }
    }
    return true
  }

  /// The first two rows of a matrix whose bytes are the same here and in `other`, and that are not all zero; nil where there
  /// are none.
  func equalRows(alsoIn other: Tensor) -> (first: Int, second: Int)? {
    guard rank >= 2, shape[0] > 1, elementCount > 0, other.shape == shape, dtype == other.dtype,
      dtype.isFloatingPoint
    else { return nil }
    let length = elementCount / shape[0]
    let (weights, gradients) = (packed(), other.packed())
    return withExtendedLifetime((weights, gradients)) {
      dtype == .float32
        ? Tensor.equalRows(weights.values(Float.self), gradients.values(Float.self), length)
        : Tensor.equalRows(weights.values(Double.self), gradients.values(Double.self), length)
    }
  }

  /// Rows are looked up in a table by their first numbers, so that each is compared with few others.
  @inline(__always)
  private static func equalRows<S: FloatingScalar>(
    _ weights: UnsafeMutableBufferPointer<S>, _ gradients: UnsafeMutableBufferPointer<S>, _ length: Int
  ) -> (first: Int, second: Int)? {
    func row(_ place: Int, of values: UnsafeMutableBufferPointer<S>) -> Slice<UnsafeMutableBufferPointer<S>> {
      values[place * length..<(place + 1) * length]
    }
    let count = weights.count / length
    // Twice as many slots as rows, a power of two; a row is in the first slot from its own on that was free.
    let bits = Int.bitWidth - count.leadingZeroBitCount + 1
    var slots = [Int](repeating: -1, count: 1 << bits)
    for place in 0..<count where row(place, of: gradients).contains(where: { $0 != 0 }) {
      // NaN is not even equal to itself, and 0 has two signs.
      let key = weights[place * length] + 0
      guard !key.isNaN else { continue }
      // The golden ratio spreads numbers that are near each other.
      var slot = Int((Double(key).bitPattern &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
      while slots[slot] >= 0 {
        let other = slots[slot]
        if row(other, of: weights).elementsEqual(row(place, of: weights)),
          row(other, of: gradients).elementsEqual(row(place, of: gradients))
        {
          return (other, place)
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = place
    }
    return nil
  }
}
