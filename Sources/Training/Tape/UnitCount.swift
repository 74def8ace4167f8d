import Autograd
import CKernels

/// Counts numbers unit by unit. The units of a matrix are its columns, those of images are its channels.
enum UnitCount {
  /// The numbers that are not active: those of a magnitude below 1e-5, as in TheDeepChecker.
  static let inactivity = -(1e-5).nextDown...(1e-5).nextDown

  /// Of each unit, how many of its numbers are outside some limits, as NaN always is; nil of a tensor without numbers, or
  /// without floating-point numbers.
  ///
  /// - Returns: the counts, and how many numbers each unit has: samples, times places of an image.
  static func counts(
    in tensor: Tensor, outside limits: ClosedRange<Double>
  ) -> (counts: [Int], each: Int)? {
    let packed = tensor.packed()
    let shape = Array(packed.shape)
    guard let axis = shape.count >= 4 ? 1 : shape.indices.last, packed.elementCount > 0 else { return nil }
    let (units, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    let each = packed.elementCount / units
    var counts = [Int](repeating: 0, count: units)
    return withExtendedLifetime(packed) {
      switch packed.dtype {
      case .float32:
        tapedeck_count_outside_float(
          each / inner, units, inner, packed.pointer(Float.self), least(limits.lowerBound),
          -least(-limits.upperBound), &counts)
      case .float64:
        tapedeck_count_outside_double(
          each / inner, units, inner, packed.pointer(Double.self), limits.lowerBound, limits.upperBound,
          &counts)
      case .int64, .bool: return nil
      }
      return (counts, each)
    }
  }

  /// The least number in single precision that is not below a limit.
  private static func least(_ limit: Double) -> Float {
    let near = Float(limit)
    return Double(near) < limit ? near.nextUp : near
  }
}
