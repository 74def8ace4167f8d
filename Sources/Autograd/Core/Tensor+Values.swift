extension Tensor {
  /// A pointer to the first element of the view; the caller keeps the tensor alive while it uses the pointer.
  package func pointer<S: Scalar>(_ type: S.Type) -> UnsafeMutablePointer<S> {
    storage.pointer.assumingMemoryBound(to: S.self) + offset
  }

  /// The values of a contiguous tensor in row-major order; the caller keeps the tensor alive meanwhile.
  package func values<S: Scalar>(_ type: S.Type) -> UnsafeMutableBufferPointer<S> {
    UnsafeMutableBufferPointer(start: pointer(type), count: elementCount)
  }

  /// The values in row-major order, converted to `S`; PyTorch's `tensor.tolist()`, flattened.
  public func array<S: BinaryFloatingPoint>(_ type: S.Type = Float.self) -> [S] {
    let source = packed()
    return switch dtype {
    case .float32: Tensor.numbers(source.values(Float.self))
    case .float64: Tensor.numbers(source.values(Double.self))
    case .int64: source.values(Int64.self).map { S($0) }
    case .bool: source.values(Bool.self).map { $0 ? 1 : 0 }
    }
  }

  /// Numbers in another type; where that is their own their bytes are copied, many times as fast.
  private static func numbers<S: BinaryFloatingPoint, Source: BinaryFloatingPoint & BitwiseCopyable>(
    _ values: UnsafeMutableBufferPointer<Source>
  ) -> [S] {
    guard S.self == Source.self else { return values.map { S($0) } }
    return [S](unsafeUninitializedCapacity: values.count) { numbers, count in
      UnsafeMutableRawBufferPointer(numbers).copyMemory(from: UnsafeRawBufferPointer(values))
      count = values.count
    }
  }

  /// The values of an int64 or bool tensor, or floating-point values truncated towards zero, in row-major order.
  public func integers() -> [Int] {
    let source = packed()
    return switch dtype {
    case .int64: source.values(Int64.self).map { Int($0) }
    case .bool: source.values(Bool.self).map { $0 ? 1 : 0 }
    case .float32: source.values(Float.self).map { Int(Int64(clamping: $0)) }
    case .float64: source.values(Double.self).map { Int(Int64(clamping: $0)) }
    }
  }

  /// The only element; PyTorch's `item()`.
  ///
  /// - Throws: ``AutogradError/notOneElement(shape:location:)`` if there is not exactly one.
  public func item(file: StaticString = #fileID, line: UInt = #line) throws -> Double {
    guard elementCount == 1 else {
      throw AutogradError.notOneElement(shape: shape, location: SourceLocation(file: file, line: line))
    }
    return switch dtype {
    case .float32: Double(pointer(Float.self).pointee)
    case .float64: pointer(Double.self).pointee
    case .int64: Double(pointer(Int64.self).pointee)
    case .bool: pointer(Bool.self).pointee ? 1 : 0
    }
  }

  /// This tensor's data in row-major order: itself where it already is, else a copy; not part of the graph.
  package func packed(pool: StoragePool? = nil) -> Tensor {
    if isContiguous { return self }
    return copied(pool: pool)
  }

  /// Copies the values in row-major order to a contiguous tensor of as many.
  func copyValues(to result: Tensor) {
    switch dtype {
    case .float32: Kernels.copy(self, to: result.pointer(Float.self))
    case .float64: Kernels.copy(self, to: result.pointer(Double.self))
    case .int64: Kernels.copy(self, to: result.pointer(Int64.self))
    case .bool: Kernels.copy(self, to: result.pointer(Bool.self))
    }
  }
}
