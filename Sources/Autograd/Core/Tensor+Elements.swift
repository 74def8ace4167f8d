extension Tensor {
  /// The address of a float tensor's elements: for loops on several threads, which should not count references.
  ///
  /// Whoever uses it keeps the tensor alive.
  enum Elements {
    case float32(UnsafeMutablePointer<Float>)
    case float64(UnsafeMutablePointer<Double>)

    /// The address `count` elements further on.
    func advanced(by count: Int) -> Elements {
      switch self {
      case .float32(let pointer): .float32(pointer + count)
      case .float64(let pointer): .float64(pointer + count)
      }
    }
  }

  /// The address of the first element of a float tensor.
  var elements: Elements {
    dtype == .float32 ? .float32(pointer(Float.self)) : .float64(pointer(Double.self))
  }
}
