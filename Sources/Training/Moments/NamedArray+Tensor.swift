import Autograd
import Trace

extension NamedArray {
  /// A tensor's values under a name.
  init(_ name: String, _ tensor: Tensor) {
    let packed = tensor.packed()
    let bytes = withExtendedLifetime(packed) {
      let size = packed.dtype.byteCount
      return Array(
        UnsafeRawBufferPointer(
          start: packed.storage.pointer + packed.offset * size, count: packed.elementCount * size))
    }
    self.init(name: name, dtype: tensor.dtype.rawValue, shape: Array(tensor.shape), bytes: bytes)
  }

  /// The values as a tensor.
  ///
  /// - Throws: ``ArchiveError/array(name:expected:got:)`` if type, shape and bytes do not fit each other.
  func tensor() throws(ArchiveError) -> Tensor {
    guard let type = DType(rawValue: dtype) else {
      throw mismatch("an element type of \(DType.allCases.map(\.rawValue).joined(separator: ", "))", dtype)
    }
    guard shape.count <= Shape.maximumRank, let count = elementCount,
      count.multipliedReportingOverflow(by: type.byteCount) == (bytes.count, false)
    else { throw mismatch("the bytes of shape \(shape) in \(dtype)", "\(bytes.count) bytes") }
    if type == .bool, bytes.contains(where: { $0 > 1 }) { throw mismatch("bytes of 0 and 1", "others") }
    let result = Tensor.empty(Shape(shape), type)
    UnsafeMutableRawBufferPointer(start: result.storage.pointer, count: bytes.count).copyBytes(from: bytes)
    return result
  }

  /// The product of the sizes; nil where one is negative or the product is out of range.
  private var elementCount: Int? {
    var product = 1
    for size in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflows else { return nil }
      product = next
    }
    return product
  }

  private func mismatch(_ expected: String, _ got: String) -> ArchiveError {
    .array(name: name, expected: expected, got: got)
  }
}
