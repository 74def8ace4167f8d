/// Rearrangements of an array's bytes, an element at a time.
enum ElementBytes {
  /// The bytes with every element's own bytes reversed.
  static func swapped(_ bytes: some Collection<UInt8>, size: Int) -> [UInt8] {
    var result = Array(bytes)
    guard size > 1 else { return result }
    for start in stride(from: 0, to: result.count - size + 1, by: size) {
      for place in 0..<size / 2 {
        result.swapAt(start + place, start + size - 1 - place)
      }
    }
    return result
  }

  /// The bytes of a column-major (Fortran order) array, put in row-major order.
  static func rowMajor(fromColumnMajor bytes: [UInt8], shape: [Int], size: Int) -> [UInt8] {
    guard shape.count > 1, !bytes.isEmpty else { return bytes }
    var columnMajorStrides: [Int] = []
    var step = size
    for dimension in shape {
      columnMajorStrides.append(step)
      step *= dimension
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = [Int](repeating: 0, count: shape.count)
    var offset = 0
    while result.count < bytes.count {
      result.append(contentsOf: bytes[offset..<offset + size])
      var dimension = shape.count - 1
      while dimension >= 0 {
        index[dimension] += 1
        offset += columnMajorStrides[dimension]
        if index[dimension] < shape[dimension] { break }
        offset -= index[dimension] * columnMajorStrides[dimension]
        index[dimension] = 0
        dimension -= 1
      }
    }
    return result
  }
}
