import Autograd

/// Counts numbers of a tensor unit by unit. The units of an image are its channels, which are its second axis; elsewhere
/// they are the last axis.
enum UnitCount {
  /// The magnitude from which on a number is active; that of TheDeepChecker.
  static let activity = 1e-5

  /// Of each unit, how many of its numbers are counted; nil of a tensor without numbers, or without floating-point numbers.
  ///
  /// - Returns: the counts, and how many numbers each unit has: samples, times places of an image.
  @inline(__always)
  static func counts(
    in tensor: Tensor, where isCounted: (Double) -> Bool
  ) -> (counts: [Int], each: Int)? {
    let packed = tensor.packed()
    let shape = Array(packed.shape)
    guard let axis = shape.count >= 4 ? 1 : shape.indices.last, packed.elementCount > 0 else { return nil }
    let (units, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32:
        (
          count(UnsafeBufferPointer(packed.values(Float.self)), units, inner, isCounted),
          packed.elementCount / units
        )
      case .float64:
        (
          count(UnsafeBufferPointer(packed.values(Double.self)), units, inner, isCounted),
          packed.elementCount / units
        )
      case .int64, .bool: nil
      }
    }
  }

  @inline(__always)
  private static func count<S: FloatingScalar>(
    _ values: UnsafeBufferPointer<S>, _ units: Int, _ inner: Int, _ isCounted: (Double) -> Bool
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: units)
    var place = 0
    while place < values.count {
      for unit in 0..<units {
        for value in values[place..<place + inner] where isCounted(Double(value)) { counts[unit] += 1 }
        place += inner
      }
    }
    return counts
  }
}
