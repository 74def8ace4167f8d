import CKernels

extension Tensor {
  /// The sum of the squares of all values in double precision, not finite where a value is not; 0 of nothing.
  package var sumOfSquares: Double {
    let packed = packed()
    return withExtendedLifetime(packed) {
      switch dtype {
      case .float32: Kernels.sumOfSquares(packed.pointer(Float.self), elementCount)
      case .float64: tapedeck_sum_of_squares_double(elementCount, packed.pointer(Double.self))
      case .int64: packed.values(Int64.self).reduce(0) { $0 + Double($1) * Double($1) }
      case .bool: Double(packed.values(Bool.self).count { $0 })
      }
    }
  }
}

extension Kernels {
  /// The sum of squares by blocks, which threads may share, in the order of the blocks: the same bits on any number.
  fileprivate static func sumOfSquares(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
    let block = Int(TAPEDECK_SQUARES_BLOCK)
    let blocks = (count + block - 1) / block
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: blocks) { sums in
      ParallelLoop.run(blocks, weight: block) { part in
        for index in part {
          let start = index * block
          sums[index] = tapedeck_sum_of_squares_float(min(block, count - start), values + start)
        }
      }
      return sums.reduce(0, +)
    }
  }
}
