/// Loops over memory, without knowledge of graphs or gradients.
///
/// Every kernel writes a contiguous result; inputs may be any view.
enum Kernels {
  /// The sum of a gradient so far, if there is one, and another of the same shape and type.
  static func sum(_ sum: Tensor?, _ next: Tensor, pool: StoragePool?) -> Tensor {
    guard let sum else { return next }
    return AddFunction().map(sum, next, shape: sum.shape, pool: pool)
  }

  /// Calls `body(offset, step)` for each innermost row of a view of `shape` and `strides`, in row-major order.
  @inline(__always)
  static func forEachRow(_ shape: Shape, _ strides: Shape, _ body: (_ offset: Int, _ step: Int) -> Void) {
    forEachRow(shape, strides, strides) { first, step, _, _ in body(first, step) }
  }

  /// Calls `body` with the offsets and steps of two views for each innermost row, in row-major order.
  @inline(__always)
  static func forEachRow(
    _ shape: Shape, _ first: Shape, _ second: Shape,
    _ body: (_ first: Int, _ firstStep: Int, _ second: Int, _ secondStep: Int) -> Void
  ) {
    guard shape.elementCount > 0 else { return }
    guard shape.rank > 0 else { return body(0, 0, 0, 0) }
    let inner = shape.rank - 1
    var index = Shape(repeatElement(0, count: shape.rank))
    var firstOffset = 0
    var secondOffset = 0
    while true {
      body(firstOffset, first[inner], secondOffset, second[inner])
      var dimension = inner - 1
      while dimension >= 0 {
        index[dimension] += 1
        firstOffset += first[dimension]
        secondOffset += second[dimension]
        if index[dimension] < shape[dimension] { break }
        firstOffset -= first[dimension] * shape[dimension]
        secondOffset -= second[dimension] * shape[dimension]
        index[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return }
    }
  }

  /// How many elements an innermost row has.
  @inline(__always)
  static func rowLength(_ shape: Shape) -> Int { shape.rank == 0 ? 1 : shape[shape.rank - 1] }

  /// Copies a view to contiguous memory in row-major order.
  static func copy<S: Scalar>(_ source: Tensor, to target: UnsafeMutablePointer<S>) {
    let values = source.pointer(S.self)
    if source.isContiguous { return target.update(from: values, count: source.elementCount) }
    let length = rowLength(source.shape)
    var written = 0
    forEachRow(source.shape, source.strides) { offset, step in
      for index in 0..<length { target[written + index] = values[offset + index * step] }
      written += length
    }
  }

  /// Writes `values` through a view of the same shape and type.
  static func write(_ values: Tensor, through view: Tensor, pool: StoragePool?) {
    let values = values.packed(pool: pool)
    switch view.dtype {
    case .float32: write(values, through: view, Float.self)
    case .float64: write(values, through: view, Double.self)
    case .int64: write(values, through: view, Int64.self)
    case .bool: write(values, through: view, Bool.self)
    }
  }

  private static func write<S: Scalar>(_ values: Tensor, through view: Tensor, _ type: S.Type) {
    let (source, target) = (values.pointer(S.self), view.pointer(S.self))
    let length = rowLength(view.shape)
    var read = 0
    forEachRow(view.shape, view.strides) { offset, step in
      for index in 0..<length { target[offset + index * step] = source[read + index] }
      read += length
    }
  }

  /// A view's elements in another type: the tensor itself where it has that type already.
  static func convert(_ source: Tensor, to dtype: DType, pool: StoragePool?) -> Tensor {
    if source.dtype == dtype { return source }
    let source = source.packed(pool: pool)
    let result = Tensor.empty(source.shape, dtype, pool: pool)
    switch source.dtype {
    case .float32: convert(source.values(Float.self), result)
    case .float64: convert(source.values(Double.self), result)
    case .int64: convert(source.values(Int64.self), result)
    case .bool: result.write { source.values(Bool.self)[$0] ? 1 : 0 }
    }
    return result
  }

  private static func convert(
    _ values: UnsafeMutableBufferPointer<some BinaryFloatingPoint>, _ result: Tensor
  ) {
    let count = values.count
    switch result.dtype {
    case .float32: for index in 0..<count { result.pointer(Float.self)[index] = Float(values[index]) }
    case .float64: for index in 0..<count { result.pointer(Double.self)[index] = Double(values[index]) }
    case .int64: for index in 0..<count { result.pointer(Int64.self)[index] = Int64(clamping: values[index]) }
    case .bool: for index in 0..<count { result.pointer(Bool.self)[index] = values[index] != 0 }
    }
  }

  private static func convert(_ values: UnsafeMutableBufferPointer<Int64>, _ result: Tensor) {
    let count = values.count
    switch result.dtype {
    case .float32: for index in 0..<count { result.pointer(Float.self)[index] = Float(values[index]) }
    case .float64: for index in 0..<count { result.pointer(Double.self)[index] = Double(values[index]) }
    case .int64: for index in 0..<count { result.pointer(Int64.self)[index] = values[index] }
    case .bool: for index in 0..<count { result.pointer(Bool.self)[index] = values[index] != 0 }
    }
  }
}

extension Int64 {
  /// The value truncated towards zero; the nearest end of the range where it does not fit, 0 for NaN.
  init(clamping value: some BinaryFloatingPoint) {
    if value.isNaN {
      self = 0
    } else if value >= 0x1p63 {
      self = .max
    } else if value <= -0x1p63 {
      self = .min
    } else {
      self = Int64(value)
    }
  }
}
