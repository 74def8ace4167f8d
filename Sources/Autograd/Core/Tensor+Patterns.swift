extension Tensor {
  /// The sizes of the dimensions, as ``shape``; PyTorch's `x.size()`.
  public func size() -> Shape { shape }

  /// Zeros in a tensor's shape and type; PyTorch's `torch.zeros_like`.
  public static func zerosLike(_ other: Tensor) -> Tensor { zeros(other.shape, dtype: other.dtype) }

  /// Ones in a tensor's shape and type; PyTorch's `torch.ones_like`.
  public static func onesLike(_ other: Tensor) -> Tensor { ones(other.shape, dtype: other.dtype) }

  /// The identity matrix; PyTorch's `torch.eye`.
  ///
  /// **Shapes**: `[size, size]`.
  public static func eye(_ size: Int, dtype: DType = .float32) -> Tensor {
    let size = Swift.max(size, 0)
    let result = empty([size, size], dtype)
    result.write { $0 % (size + 1) == 0 ? 1 : 0 }
    return result
  }

  /// `start`, `start` + `step`, … up to but not including `end`; PyTorch's `torch.arange`.
  ///
  /// Empty where `step` does not lead from `start` towards `end`.
  /// **Shapes**: `[⌈(end − start) ÷ step⌉]`.
  public static func arange(
    from start: Double, to end: Double, step: Double = 1, dtype: DType = .float32
  ) -> Tensor {
    let count = ((end - start) / step).rounded(.up)
    let result = empty([count > 0 && count < 0x1p40 ? Int(count) : 0], dtype)
    result.write { start + Double($0) * step }
    return result
  }

  /// `count` numbers evenly from `start` to `end`, both included; PyTorch's `torch.linspace`.
  ///
  /// **Shapes**: `[count]`.
  public static func linspace(
    from start: Double, to end: Double, count: Int, dtype: DType = .float32
  ) -> Tensor {
    let result = empty([Swift.max(count, 0)], dtype)
    result.write { start + (end - start) * Double($0) / Double(Swift.max(count - 1, 1)) }
    return result
  }
}
