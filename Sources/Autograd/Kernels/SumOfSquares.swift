import CKernels

extension Tensor {
  /// The sum of the squares of all values in double precision, not finite where a value is not; 0 of nothing.
  package var sumOfSquares: Double {
    let packed = packed()
    return withExtendedLifetime(packed) {
      switch dtype {
      case .float32: tapedeck_sum_of_squares_float(elementCount, packed.pointer(Float.self))
      case .float64: tapedeck_sum_of_squares_double(elementCount, packed.pointer(Double.self))
      case .int64: packed.values(Int64.self).reduce(0) { $0 + Double($1) * Double($1) }
      case .bool: Double(packed.values(Bool.self).count { $0 })
      }
    }
  }
}
