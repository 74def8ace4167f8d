extension Tensor {
  /// A contiguous tensor with undefined contents.
  package static func empty(_ shape: Shape, _ dtype: DType, pool: StoragePool? = nil) -> Tensor {
    let storage = Storage(dtype: dtype, count: shape.elementCount, pool: pool)
    return Tensor(storage: storage, shape: shape, strides: shape.contiguousStrides)
  }

  /// A tensor of the given values in row-major order.
  ///
  /// - Throws: ``AutogradError/valueCount(got:shape:location:)`` if they do not fill `shape`.
  public convenience init<S: Scalar>(
    _ values: [S], shape: Shape, requiresGrad: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws {
    guard values.count == shape.elementCount, shape.isPossible(for: S.dtype) else {
      throw AutogradError.valueCount(
        got: values.count, shape: shape, location: SourceLocation(file: file, line: line))
    }
    self.init(filling: shape, with: S.self, requiresGrad: requiresGrad) { buffer in
      _ = buffer.update(fromContentsOf: values)
    }
  }

  /// A float32 vector of the given values, `[values.count]`.
  public convenience init(_ values: [Float], requiresGrad: Bool = false) {
    self.init(filling: [values.count], with: Float.self, requiresGrad: requiresGrad) { buffer in
      _ = buffer.update(fromContentsOf: values)
    }
  }

  /// A float32 matrix of the given rows, `[rows, columns]`.
  ///
  /// - Throws: ``AutogradError/unequalRows(row:got:expected:location:)`` if the rows differ in length.
  public convenience init(
    _ rows: [[Float]], requiresGrad: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws {
    let columns = rows.first?.count ?? 0
    if let row = rows.firstIndex(where: { $0.count != columns }) {
      throw AutogradError.unequalRows(
        row: row, got: rows[row].count, expected: columns, location: SourceLocation(file: file, line: line))
    }
    try self.init(
      Array(rows.joined()), shape: [rows.count, columns], requiresGrad: requiresGrad, file: file, line: line)
  }

  /// An int64 vector of the given values, such as class labels.
  public convenience init(_ values: [Int]) {
    self.init(filling: [values.count], with: Int64.self, requiresGrad: false) { buffer in
      for (index, value) in values.enumerated() { buffer[index] = Int64(value) }
    }
  }

  /// A float32 scalar, of shape `[]`.
  public convenience init(_ value: Float, requiresGrad: Bool = false) {
    self.init(filling: [], with: Float.self, requiresGrad: requiresGrad) { $0[0] = value }
  }

  /// An int64 scalar, of shape `[]`.
  public convenience init(_ value: Int) {
    self.init(filling: [], with: Int64.self) { $0[0] = Int64(value) }
  }

  /// A tensor whose values `initialize` writes in row-major order.
  package convenience init<S: Scalar>(
    filling shape: Shape, with type: S.Type, requiresGrad: Bool = false, pool: StoragePool? = nil,
    _ initialize: (UnsafeMutableBufferPointer<S>) throws -> Void
  ) rethrows {
    let storage = Storage(dtype: S.dtype, count: shape.elementCount, pool: pool)
    let pointer = storage.pointer.assumingMemoryBound(to: S.self)
    try initialize(UnsafeMutableBufferPointer(start: pointer, count: shape.elementCount))
    self.init(
      storage: storage, shape: shape, strides: shape.contiguousStrides,
      requiresGrad: requiresGrad && S.dtype.isFloatingPoint)
  }

  /// Writes `value(index)` to each element of a contiguous tensor, in row-major order.
  package func write(_ value: (Int) -> Double) {
    let count = elementCount
    switch dtype {
    case .float32: for index in 0..<count { pointer(Float.self)[index] = Float(value(index)) }
    case .float64: for index in 0..<count { pointer(Double.self)[index] = value(index) }
    case .int64: for index in 0..<count { pointer(Int64.self)[index] = Int64(clamping: value(index)) }
    case .bool: for index in 0..<count { pointer(Bool.self)[index] = value(index) != 0 }
    }
  }

  /// Sets every element of a contiguous tensor without touching its version.
  func fillStorage(with value: Double) {
    let count = elementCount
    switch dtype {
    case .float32: pointer(Float.self).update(repeating: Float(value), count: count)
    case .float64: pointer(Double.self).update(repeating: value, count: count)
    case .int64: pointer(Int64.self).update(repeating: Int64(clamping: value), count: count)
    case .bool: pointer(Bool.self).update(repeating: value != 0, count: count)
    }
  }
}
