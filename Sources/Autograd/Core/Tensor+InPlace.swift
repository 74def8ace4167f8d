extension Tensor {
  /// Records that this tensor's memory was written, so that a backward pass which needs the old values can tell.
  package func didChangeInPlace() { storage.version += 1 }

  /// How often the tensor's memory was changed in place; it is set only when a change has been undone to the bit.
  package var version: Int {
    get { storage.version }
    set { storage.version = newValue }
  }

  /// Overwrites the values with those of `source`, which has the same shape; PyTorch's `copy_`.
  ///
  /// - Throws: ``AutogradError`` if the shapes differ, or if the tensor requires a gradient, outside `noGrad`.
  public func copy(from source: Tensor, file: StaticString = #fileID, line: UInt = #line) throws {
    guard source.shape == shape else {
      throw AutogradError.shapes(
        operator: "copy", shapes: [shape, source.shape], expected: "two equal shapes",
        location: SourceLocation(file: file, line: line))
    }
    try overwrite(with: source, "copy", SourceLocation(file: file, line: line))
  }

  /// Sets every element to `value`; PyTorch's `fill_`.
  ///
  /// - Throws: ``AutogradError`` if the tensor requires a gradient, outside `noGrad`, or its type does not hold the value.
  public func fill(_ value: Double, file: StaticString = #fileID, line: UInt = #line) throws {
    try overwrite(
      with: Tensor.full([], value, dtype: dtype, file: file, line: line).expanded(to: shape), "fill",
      SourceLocation(file: file, line: line))
  }

  /// Sets every element to 0; PyTorch's `zero_`.
  ///
  /// - Throws: ``AutogradError`` if the tensor requires a gradient, outside `noGrad`.
  public func zero(file: StaticString = #fileID, line: UInt = #line) throws {
    try fill(0, file: file, line: line)
  }

  private func overwrite(with source: Tensor, _ operation: String, _ location: SourceLocation) throws {
    try checkChangeable(operation, location)
    Kernels.write(Kernels.convert(source, to: dtype, pool: nil), through: self, pool: nil)
    didChangeInPlace()
  }

  /// A copy of the values in memory of its own, outside the graph.
  public func copied() -> Tensor { copied(pool: nil) }

  /// A copy of the values in row-major order in memory from `pool`.
  package func copied(pool: StoragePool?) -> Tensor {
    let result = Tensor.empty(shape, dtype, pool: pool)
    copyValues(to: result)
    return result
  }

  private func checkChangeable(_ operation: String, _ location: SourceLocation) throws {
    guard requiresGrad, ExecutionContext.current.isGradEnabled else { return }
    throw isLeaf
      ? AutogradError.leafChangedInPlace(operation: operation, shape: shape, location: location)
      : AutogradError.resultChangedInPlace(operation: operation, shape: shape, location: location)
  }
}
