import Autograd

extension NumericArray {
  /// The array of a tensor's values, as they stand in row-major order.
  ///
  /// - Parameter tensor: The tensor to copy.
  public init(_ tensor: Tensor) {
    let packed = tensor.packed()
    let type: ElementType
    let content: UnsafeRawBufferPointer
    switch packed.dtype {
    case .float32: (type, content) = (.float32, UnsafeRawBufferPointer(packed.values(Float.self)))
    case .float64: (type, content) = (.float64, UnsafeRawBufferPointer(packed.values(Double.self)))
    case .int64: (type, content) = (.int64, UnsafeRawBufferPointer(packed.values(Int64.self)))
    case .bool: (type, content) = (.bool, UnsafeRawBufferPointer(packed.values(Bool.self)))
    }
    // The pointer is only the tensor's while the tensor lives.
    self = withExtendedLifetime(packed) {
      NumericArray(checkedType: type, shape: Array(tensor.shape), bytes: Array(content))
    }
  }

  /// A tensor of the same values.
  ///
  /// float32, float64, int64 and Boolean arrays keep their type. Shorter integers become int64, and 16-bit
  /// floating-point numbers float32; no value changes.
  ///
  /// - Returns: A contiguous tensor of the array's shape.
  /// - Throws: `DatasetError.notATensor` for more dimensions than a tensor can have, or an unsigned
  ///   integer above the largest int64.
  public func tensor() throws -> Tensor {
    guard shape.count <= Shape.maximumRank else {
      throw DatasetError.notATensor(
        expected: "at most \(Shape.maximumRank) dimensions", got: "\(shape.count)")
    }
    return switch elementType {
    case .bool: try Tensor(bytes.map { $0 != 0 }, shape: Shape(shape))
    case .float32: try Tensor(raw(Float.self), shape: Shape(shape))
    case .float64: try Tensor(raw(Double.self), shape: Shape(shape))
    case .float16: try Tensor(raw(UInt16.self).map(HalfPrecision.float(fromFloat16:)), shape: Shape(shape))
    case .bfloat16: try Tensor(raw(UInt16.self).map(HalfPrecision.float(fromBFloat16:)), shape: Shape(shape))
    case .uint8: try integers(UInt8.self)
    case .int8: try integers(Int8.self)
    case .uint16: try integers(UInt16.self)
    case .int16: try integers(Int16.self)
    case .uint32: try integers(UInt32.self)
    case .int32: try integers(Int32.self)
    case .uint64: try integers(UInt64.self)
    case .int64: try integers(Int64.self)
    }
  }

  private func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws -> Tensor {
    let values = raw(type)
    if let large = values.first(where: { Int64(exactly: $0) == nil }) {
      throw DatasetError.notATensor(expected: "integers up to \(Int64.max)", got: "\(large)")
    }
    return try Tensor(values.map { Int64(truncatingIfNeeded: $0) }, shape: Shape(shape))
  }
}
