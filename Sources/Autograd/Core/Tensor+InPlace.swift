extension Tensor {
  /// Says that this tensor's memory was written, so that a backward which saved it can tell.
  package func didChangeInPlace() { storage.version += 1 }

  /// Overwrites the values with those of `source`, which has the same shape; PyTorch's `copy_`.
  ///
  /// - Throws: ``AutogradError`` if the shapes differ, or on a leaf that requires a gradient outside `noGrad`.
  public func copy(from source: Tensor, file: StaticString = #fileID, line: UInt = #line) throws {
    guard source.shape == shape else {
      throw AutogradError.shapes(
        operator: "copy", shapes: [shape, source.shape], expected: "two equal shapes",
        location: SourceLocation(file: file, line: line))
    }
    try checkChangeable("copy")
    let values = Kernels.convert(source, to: dtype, pool: nil)
    switch dtype {
    case .float32: scatter(values, Float.self)
    case .float64: scatter(values, Double.self)
    case .int64: scatter(values, Int64.self)
    case .bool: scatter(values, Bool.self)
    }
    didChangeInPlace()
  }

  /// Sets every element to `value`; PyTorch's `fill_`.
  ///
  /// - Throws: ``AutogradError`` on a leaf that requires a gradient outside `noGrad`.
  public func fill(_ value: Double) throws {
    try copy(from: Tensor.full([], value, dtype: dtype).expanded(to: shape))
  }

  /// A copy of the values in memory of its own, outside the graph.
  public func copied() -> Tensor {
    let result = Tensor.empty(shape, dtype)
    switch dtype {
    case .float32: Kernels.copy(self, to: result.pointer(Float.self))
    case .float64: Kernels.copy(self, to: result.pointer(Double.self))
    case .int64: Kernels.copy(self, to: result.pointer(Int64.self))
    case .bool: Kernels.copy(self, to: result.pointer(Bool.self))
    }
    return result
  }

  private func checkChangeable(_ operation: String) throws {
    guard requiresGrad, isLeaf, ExecutionContext.current.isGradEnabled else { return }
    throw AutogradError.leafChangedInPlace(operation: operation, shape: shape)
  }

  /// Writes contiguous `values` through this view.
  private func scatter<S: Scalar>(_ values: Tensor, _ type: S.Type) {
    let (source, target) = (values.pointer(S.self), pointer(S.self))
    let length = Kernels.rowLength(shape)
    var read = 0
    Kernels.forEachRow(shape, strides) { offset, step in
      for index in 0..<length { target[offset + index * step] = source[read + index] }
      read += length
    }
  }
}
