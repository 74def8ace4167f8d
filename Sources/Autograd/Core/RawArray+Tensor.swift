import Arrays
import Localization

extension RawArray {
  /// The array of a tensor's values in row-major order.
  ///
  /// - Parameter tensor: The tensor to copy.
  public init(_ tensor: Tensor) {
    let packed = tensor.packed()
    let size = packed.dtype.byteCount
    // The memory is the tensor's only while the tensor lives.
    let bytes = withExtendedLifetime(packed) {
      Array(
        UnsafeRawBufferPointer(
          start: packed.storage.pointer + packed.offset * size, count: packed.elementCount * size))
    }
    self.init(checkedType: packed.dtype.elementType, shape: Array(tensor.shape), bytes: bytes)
  }

  /// A tensor of the same values.
  ///
  /// The types that tensors have are kept. Shorter integers become int64, and 16-bit floating-point numbers float32; no
  /// value changes.
  ///
  /// - Returns: A contiguous tensor of the array's shape.
  /// - Throws: `ArrayError` for more dimensions than a tensor can have, or an unsigned integer above the largest int64.
  public func tensor() throws(ArrayError) -> Tensor {
    guard shape.count <= Shape.maximumRank else {
      throw ArrayError(expected: localized("at most \(Shape.maximumRank) dimensions"), got: "\(shape.count)")
    }
    return switch elementType {
    case .bool, .float32, .float64, .int64: tensor(bytes, DType(elementType) ?? .bool)
    case .float16: tensor(raw(UInt16.self).map(HalfPrecision.float(fromFloat16:)), .float32)
    case .bfloat16: tensor(raw(UInt16.self).map(HalfPrecision.float(fromBFloat16:)), .float32)
    case .uint8: try integers(UInt8.self)
    case .int8: try integers(Int8.self)
    case .uint16: try integers(UInt16.self)
    case .int16: try integers(Int16.self)
    case .uint32: try integers(UInt32.self)
    case .int32: try integers(Int32.self)
    case .uint64: try integers(UInt64.self)
    }
  }

  private func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(ArrayError) -> Tensor {
    let values = raw(type)
    if let large = values.first(where: { Int64(exactly: $0) == nil }) {
      throw ArrayError(expected: localized("integers up to \(Int64.max)"), got: "\(large)")
    }
    return tensor(values.map { Int64(truncatingIfNeeded: $0) }, .int64)
  }

  private func tensor<Value: BitwiseCopyable>(_ values: [Value], _ dtype: DType) -> Tensor {
    let result = Tensor.empty(Shape(shape), dtype)
    values.withUnsafeBytes { values in
      UnsafeMutableRawBufferPointer(start: result.storage.pointer, count: values.count).copyMemory(
        from: values)
    }
    return result
  }
}

extension NamedArray {
  /// A tensor's values under a name.
  public init(_ name: String, _ tensor: Tensor) { self.init(name: name, array: RawArray(tensor)) }
}
