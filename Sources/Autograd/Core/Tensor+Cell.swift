extension Tensor {
  /// The number at a place in row-major order.
  package func number(at cell: Int) -> Double {
    let place = zip(shape.index(of: cell), strides).reduce(0) { $0 + $1.0 * $1.1 }
    return switch dtype {
    case .float32: Double(pointer(Float.self)[place])
    case .float64: pointer(Double.self)[place]
    case .int64: Double(pointer(Int64.self)[place])
    case .bool: pointer(Bool.self)[place] ? 1 : 0
    }
  }
}
