import Autograd

/// The squared Euclidean distance of two tensors of one shape.
enum SquaredDistance {
  /// The sum of the squared differences, in double precision and without a tensor in between.
  static func between(_ left: Tensor, _ right: Tensor) -> Double {
    let (left, right) = (left.packed(), right.packed())
    return withExtendedLifetime((left, right)) {
      left.dtype == .float32
        ? sum(UnsafeBufferPointer(left.values(Float.self)), UnsafeBufferPointer(right.values(Float.self)))
        : sum(UnsafeBufferPointer(left.values(Double.self)), UnsafeBufferPointer(right.values(Double.self)))
    }
  }

  @inline(__always)
  private static func sum<S: FloatingScalar>(
    _ left: UnsafeBufferPointer<S>, _ right: UnsafeBufferPointer<S>
  ) -> Double {
    // Four running totals, which the processor can add to at once.
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    let count = min(left.count, right.count)
    var place = 0
    func square(_ place: Int) -> Double {
      let difference = Double(left[place]) - Double(right[place])
      return difference * difference
    }
    while place < count & ~3 {
      a += square(place)
      b += square(place + 1)
      c += square(place + 2)
      d += square(place + 3)
      place += 4
    }
    while place < count {
      a += square(place)
      place += 1
    }
    return (a + b) + (c + d)
  }
}
