import Localization

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
  /// They are the values as they were before, also where both are views of the same memory.
  /// - Throws: ``AutogradError`` if the shapes differ, if elements of this tensor share their memory with each other,
  ///   or if it requires a gradient, outside `noGrad`.
  public func copy(from source: Tensor, file: StaticString = #fileID, line: UInt = #line) throws {
    guard source.shape == shape else {
      throw AutogradError.shapes(
        operator: "copy", shapes: [shape, source.shape], expected: localized("two equal shapes"),
        location: SourceLocation(file: file, line: line))
    }
    let location = SourceLocation(file: file, line: line)
    guard !repeatsElements else {
      throw AutogradError.argument(
        operator: "copy", name: "target", got: localized("of shape \(shape) whose elements share memory"),
        expected: localized("a tensor with memory for each element: expand(…).clone()"), location: location)
    }
    try overwrite(with: source.storage === storage ? source.copied() : source, "copy", location)
  }

  /// Whether several elements are at one place in memory, as in a view that `expand` made.
  private var repeatsElements: Bool {
    elementCount > 0 && shape.indices.contains { shape[$0] > 1 && strides[$0] == 0 }
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
