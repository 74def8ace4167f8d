/// Arithmetic with a plain number, which keeps a floating-point tensor's type as in PyTorch.
extension Tensor {
  /// `value` as a tensor `[]` that does not widen this tensor's type: the type of a float tensor, else float32.
  package func scalar(_ value: Double) -> Tensor {
    constant(value, dtype.isFloatingPoint ? dtype : .float32)
  }

  /// `value` as a tensor `[]` of this tensor's type, or int64 for a boolean tensor.
  package func scalar(_ value: Int) -> Tensor {
    let result = constant(Double(value), dtype == .bool ? .int64 : dtype)
    // Not every whole number has a Double.
    if result.dtype == .int64 { result.pointer(Int64.self).pointee = Int64(value) }
    return result
  }

  private func constant(_ value: Double, _ dtype: DType) -> Tensor {
    let result = Tensor.empty([], dtype, pool: ExecutionContext.current.pool)
    result.fillStorage(with: value)
    return result
  }

  /// Each element plus a number.
  public static func + (left: Tensor, right: Double) throws -> Tensor { try left.add(left.scalar(right)) }
  /// A number plus each element.
  public static func + (left: Double, right: Tensor) throws -> Tensor { try right.scalar(left).add(right) }
  /// Each element less a number.
  public static func - (left: Tensor, right: Double) throws -> Tensor { try left.sub(left.scalar(right)) }
  /// A number less each element.
  public static func - (left: Double, right: Tensor) throws -> Tensor { try right.scalar(left).sub(right) }
  /// Each element times a number.
  public static func * (left: Tensor, right: Double) throws -> Tensor { try left.mul(left.scalar(right)) }
  /// A number times each element.
  public static func * (left: Double, right: Tensor) throws -> Tensor { try right.scalar(left).mul(right) }
  /// Each element divided by a number.
  public static func / (left: Tensor, right: Double) throws -> Tensor { try left.div(left.scalar(right)) }
  /// A number divided by each element.
  public static func / (left: Double, right: Tensor) throws -> Tensor { try right.scalar(left).div(right) }

  /// Each element plus a whole number; integers stay integers.
  public static func + (left: Tensor, right: Int) throws -> Tensor { try left.add(left.scalar(right)) }
  /// A whole number plus each element.
  public static func + (left: Int, right: Tensor) throws -> Tensor { try right.scalar(left).add(right) }
  /// Each element less a whole number; integers stay integers.
  public static func - (left: Tensor, right: Int) throws -> Tensor { try left.sub(left.scalar(right)) }
  /// A whole number less each element.
  public static func - (left: Int, right: Tensor) throws -> Tensor { try right.scalar(left).sub(right) }
  /// Each element times a whole number; integers stay integers.
  public static func * (left: Tensor, right: Int) throws -> Tensor { try left.mul(left.scalar(right)) }
  /// A whole number times each element.
  public static func * (left: Int, right: Tensor) throws -> Tensor { try right.scalar(left).mul(right) }
  /// Each element divided by a whole number, as a float.
  public static func / (left: Tensor, right: Int) throws -> Tensor { try left.div(left.scalar(right)) }
  /// A whole number divided by each element, as a float.
  public static func / (left: Int, right: Tensor) throws -> Tensor { try right.scalar(left).div(right) }

  /// Each element plus a number.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.add.html>
  public func add(_ other: Double, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try add(scalar(other), file: file, line: line)
  }

  /// Each element less a number.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.sub.html>
  public func sub(_ other: Double, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try sub(scalar(other), file: file, line: line)
  }

  /// Each element times a number.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.mul.html>
  public func mul(_ other: Double, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try mul(scalar(other), file: file, line: line)
  }

  /// Each element divided by a number.
  ///
  /// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.div.html>
  public func div(_ other: Double, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try div(scalar(other), file: file, line: line)
  }
}
