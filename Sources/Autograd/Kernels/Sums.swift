import CKernels

/// Every sum of the engine but those inside matrix products.
///
/// The order of the additions follows from the shapes alone: it does not depend on the width of the processor's
/// vectors, on the number of threads or on how a view lies in memory. Up to 64 terms are added one after the other;
/// more in blocks of 16 whose sums are added up in double precision, so that a sum of millions is right to six digits.
/// The terms of the innermost dimension have eight running totals, as `kernels.h` says.
extension Kernels {
  /// Sums a tensor over the dimensions in which `shape` is smaller: undoes broadcasting.
  ///
  /// `shape` must broadcast to the tensor's shape.
  static func sum(_ source: Tensor, to shape: Shape, pool: StoragePool?) -> Tensor {
    if source.shape == shape { return source }
    let result = Tensor.empty(shape, source.dtype, pool: pool)
    sum(source.packed(pool: pool), into: result)
    return result
  }

  /// Sums a contiguous tensor into contiguous memory of a shape that broadcasts to the tensor's.
  static func sum(_ source: Tensor, into result: Tensor) {
    switch source.dtype {
    case .float32: sum(source, into: result, Float.self)
    case .float64: sum(source, into: result, Double.self)
    case .int64, .bool: sumIntegers(source, into: result)
    }
  }

  /// The sum of the numbers that `term` gives for 0 ..< `count`.
  @inline(__always)
  static func sum<S: FloatingScalar>(_ count: Int, _ term: (Int) -> S) -> S {
    let block = count <= Int(TAPEDECK_SUM_FEW) ? Int(TAPEDECK_SUM_FEW) : Int(TAPEDECK_SUM_BLOCK)
    var (total, start) = (0.0, 0)
    while start < count {
      let end = min(start + block, count)
      var sum: S = 0
      for index in start..<end { sum += term(index) }
      total += Double(sum)
      start = end
    }
    return S(total)
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

  private static func sum<S: SummedScalar>(_ source: Tensor, into result: Tensor, _ type: S.Type) {
    let (values, target) = (source.pointer(S.self), result.pointer(S.self))
    guard source.elementCount > 0 else { return target.update(repeating: 0, count: result.elementCount) }
    let sum = SummedBlocks(source.shape, to: result.shape)
    let (rows, columns) = (sum.rows, sum.columns)
    guard sum.repeated.isEmpty else { return sumRepeated(sum, values, target) }
    guard rows > 1 else { return target.update(from: values, count: result.elementCount) }
    guard columns > 1 else { return S.sumRows(result.elementCount, rows, values, target) }
    for block in 0..<sum.kept.elementCount {
      S.sumColumns(rows, columns, values + block * rows * columns, target + block * columns)
    }
  }

  /// Sums each block, and those that belong together in their order in double precision.
  private static func sumRepeated<S: SummedScalar>(
    _ sum: SummedBlocks, _ values: UnsafePointer<S>, _ target: UnsafeMutablePointer<S>
  ) {
    let (rows, columns, tile) = (sum.rows, sum.columns, min(sum.columns, Int(TAPEDECK_SUM_TILE)))
    var written = 0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: tile) { totals in
      guard let totals = totals.baseAddress else { return }
      forEachElement(sum.kept, sum.keptStrides) { kept in
        for start in stride(from: 0, to: columns, by: tile) {
          let count = min(tile, columns - start)
          totals.update(repeating: 0, count: count)
          forEachElement(sum.repeated, sum.repeatedStrides) { offset in
            let block = values + kept + offset + start
            if columns == 1 {
              totals[0] += S.sum(rows, block)
            } else {
              S.addColumns(rows, count, columns, block, totals)
            }
          }
          for column in 0..<count { target[written + column] = S(totals[column]) }
          written += count
        }
      }
    }
  }

  /// Calls `body` with the offset of each element of a view, in row-major order.
  @inline(__always)
  private static func forEachElement(_ shape: Shape, _ strides: Shape, _ body: (Int) -> Void) {
    let length = rowLength(shape)
    forEachRow(shape, strides) { offset, step in for index in 0..<length { body(offset + index * step) } }
  }
}

extension Tensor {
  /// The sum of the squares of all values in double precision, not finite where a value is not; 0 of nothing.
  package var sumOfSquares: Double {
    let packed = packed()
    return withExtendedLifetime(packed) {
      switch dtype {
      case .float32: Kernels.sumOfSquares(packed.pointer(Float.self), elementCount)
      case .float64: tapedeck_sum_of_squares_double(elementCount, packed.pointer(Double.self))
      case .int64: packed.values(Int64.self).reduce(0) { $0 + Double($1) * Double($1) }
      case .bool: Double(packed.values(Bool.self).count { $0 })
      }
    }
  }
}

extension Kernels {
  /// The sum of squares by blocks, which threads may share, in the order of the blocks: the same bits on any number.
  fileprivate static func sumOfSquares(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
    let block = Int(TAPEDECK_SQUARES_BLOCK)
    let blocks = (count + block - 1) / block
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: blocks) { sums in
      ParallelLoop.run(blocks, weight: block) { part in
        for index in part {
          let start = index * block
          sums[index] = tapedeck_sum_of_squares_float(min(block, count - start), values + start)
        }
      }
      return sums.reduce(0, +)
    }
  }
}

/// The dimensions of a contiguous tensor as a sum over some of them sees it: those that lie next to each other and are
/// both summed, or both kept, are one.
private struct SummedBlocks {
  /// An innermost block is a matrix whose columns are summed, or a single column.
  private(set) var rows = 1
  private(set) var columns = 1
  /// The dimensions that are kept around the blocks, and how far their places are apart.
  private(set) var kept = Shape()
  private(set) var keptStrides = Shape()
  /// The dimensions over which the blocks' sums are summed, and how far their places are apart.
  private(set) var repeated = Shape()
  private(set) var repeatedStrides = Shape()

  init(_ shape: Shape, to result: Shape) {
    var (sizes, isSummed) = (Shape(), InlineArray<8, Bool>(repeating: false))
    for (index, size) in shape.enumerated() where size != 1 {
      let own = index - (shape.rank - result.rank)
      let summed = own < 0 || result[own] == 1
      if sizes.rank > 0, isSummed[sizes.rank - 1] == summed {
        sizes[sizes.rank - 1] *= size
      } else {
        isSummed[sizes.rank] = summed
        sizes.append(size)
      }
    }
    let strides = sizes.contiguousStrides
    var outer = sizes.rank
    if outer > 0, !isSummed[outer - 1] {
      outer -= 1
      columns = sizes[outer]
    }
    if outer > 0 {
      outer -= 1
      rows = sizes[outer]
    }
    for index in 0..<outer {
      if isSummed[index] {
        repeated.append(sizes[index])
        repeatedStrides.append(strides[index])
      } else {
        kept.append(sizes[index])
        keptStrides.append(strides[index])
      }
    }
  }
}

/// A type of numbers that `sums.c` adds up.
private protocol SummedScalar: FloatingScalar {
  static func sum(_ count: Int, _ values: UnsafePointer<Self>) -> Double
  static func sumRows(
    _ rows: Int, _ length: Int, _ matrix: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>)
  static func sumColumns(
    _ rows: Int, _ columns: Int, _ matrix: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>)
  static func addColumns(
    _ rows: Int, _ count: Int, _ stride: Int, _ matrix: UnsafePointer<Self>,
    _ totals: UnsafeMutablePointer<Double>)
}

extension Float: SummedScalar {
  fileprivate static func sum(_ count: Int, _ values: UnsafePointer<Float>) -> Double {
    tapedeck_sum_float(count, values)
  }
  fileprivate static func sumRows(
    _ rows: Int, _ length: Int, _ matrix: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>
  ) {
    tapedeck_sum_rows_float(rows, length, matrix, sums)
  }
  fileprivate static func sumColumns(
    _ rows: Int, _ columns: Int, _ matrix: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>
  ) {
    tapedeck_sum_columns_float(rows, columns, matrix, sums)
  }
  fileprivate static func addColumns(
    _ rows: Int, _ count: Int, _ stride: Int, _ matrix: UnsafePointer<Float>,
    _ totals: UnsafeMutablePointer<Double>
  ) {
    tapedeck_add_columns_float(rows, count, stride, matrix, totals)
  }
}

extension Double: SummedScalar {
  fileprivate static func sum(_ count: Int, _ values: UnsafePointer<Double>) -> Double {
    tapedeck_sum_double(count, values)
  }
  fileprivate static func sumRows(
    _ rows: Int, _ length: Int, _ matrix: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
  ) {
    tapedeck_sum_rows_double(rows, length, matrix, sums)
  }
  fileprivate static func sumColumns(
    _ rows: Int, _ columns: Int, _ matrix: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
  ) {
    tapedeck_sum_columns_double(rows, columns, matrix, sums)
  }
  fileprivate static func addColumns(
    _ rows: Int, _ count: Int, _ stride: Int, _ matrix: UnsafePointer<Double>,
    _ totals: UnsafeMutablePointer<Double>
  ) {
    tapedeck_add_columns_double(rows, count, stride, matrix, totals)
  }
}
