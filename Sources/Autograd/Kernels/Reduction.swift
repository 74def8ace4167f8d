import CKernels

extension Kernels {
  /// Sums a tensor over the dimensions in which `shape` is smaller: undoes broadcasting.
  ///
  /// `shape` must broadcast to the tensor's shape.
  static func sum(_ source: Tensor, to shape: Shape, pool: StoragePool?) -> Tensor {
    if source.shape == shape { return source }
    let result = Tensor.empty(shape, source.dtype, pool: pool)
    sum(source, into: result)
    return result
  }

  /// Sums a tensor into contiguous memory of a shape that broadcasts to the tensor's.
  static func sum(_ source: Tensor, into result: Tensor) {
    switch source.dtype {
    case .float32: sum(source, into: result, Float.self)
    case .float64: sum(source, into: result, Double.self)
    case .int64, .bool: sumIntegers(source, into: result)
    }
  }

  /// Integers wrap around where a sum overflows, as in PyTorch.
  private static func sumIntegers(_ source: Tensor, into result: Tensor) {
    let (values, target) = (source.pointer(Int64.self), result.pointer(Int64.self))
    target.update(repeating: 0, count: result.elementCount)
    let length = rowLength(source.shape)
    let targetStrides = result.shape.broadcastStrides(result.strides, to: source.shape)
    forEachRow(source.shape, source.strides, targetStrides) { offset, step, targetOffset, targetStep in
      for index in 0..<length { target[targetOffset + index * targetStep] &+= values[offset + index * step] }
    }
  }

  private static func sum<S: FloatingScalar>(_ source: Tensor, into result: Tensor, _ type: S.Type) {
    let (values, target) = (source.pointer(S.self), result.pointer(S.self))
    target.update(repeating: 0, count: result.elementCount)
    let length = rowLength(source.shape)
    if result.rank == 1, result.elementCount == length, length > 1, source.isContiguous {
      return addRows(source.elementCount / length, of: source, into: result)
    }
    let targetStrides = result.shape.broadcastStrides(result.strides, to: source.shape)
    forEachRow(source.shape, source.strides, targetStrides) { offset, step, targetOffset, targetStep in
      let (row, target) = (values + offset, target + targetOffset)
      switch (step, targetStep) {
      case (1, 0): target[0] += sum(row, length)
      case (1, 1): for index in 0..<length { target[index] += row[index] }
      default: for index in 0..<length { target[index * targetStep] += row[index * step] }
      }
    }
  }

  /// Adds the rows of a contiguous matrix, the first row first, to a vector.
  private static func addRows(_ rows: Int, of matrix: Tensor, into sums: Tensor) {
    let columns = sums.elementCount
    if matrix.dtype == .float32 {
      tapedeck_add_rows_float(rows, columns, matrix.pointer(Float.self), sums.pointer(Float.self))
    } else {
      tapedeck_add_rows_double(rows, columns, matrix.pointer(Double.self), sums.pointer(Double.self))
    }
  }

  /// The sum of contiguous values in eight partial sums: faster, and more exact, than one after the other.
  @inline(__always)
  static func sum<S: FloatingScalar>(_ values: UnsafePointer<S>, _ count: Int) -> S {
    var partial = SIMD8<S>(repeating: 0)
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      partial += UnsafeRawPointer(values + start).loadUnaligned(as: SIMD8<S>.self)
    }
    var total = partial.sum()
    for index in whole..<count { total += values[index] }
    return total
  }
}
