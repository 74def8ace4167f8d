import Localization

/// A multi-dimensional array outside the engine: an element type, a shape and bytes.
///
/// The bytes are in row-major order and in this machine's byte order, and fill the shape exactly. Every byte of a Boolean
/// array is 0 or 1. Two arrays are equal if type, shape and bytes are, bit by bit.
public struct RawArray: Equatable, Sendable {
  /// The type of the elements.
  public let elementType: ElementType
  /// The size of each dimension; empty for a single number.
  public let shape: [Int]
  /// The elements' bytes.
  public let bytes: [UInt8]

  /// An array of the given bytes.
  ///
  /// - Parameters:
  ///   - elementType: The type of the elements.
  ///   - shape: The size of each dimension.
  ///   - bytes: The elements, in row-major order and native byte order.
  /// - Throws: ``ArrayError`` if the bytes do not fill the shape, or a Boolean is not 0 or 1.
  public init(elementType: ElementType, shape: [Int], bytes: [UInt8]) throws(ArrayError) {
    guard let size = (shape + [elementType.byteCount]).checkedProduct, size == bytes.count else {
      throw ArrayError(
        expected: localized("the bytes of \(elementType.rawValue) of shape \(shape)"),
        got: localized("\(bytes.count) bytes"))
    }
    if elementType == .bool, let wrong = bytes.first(where: { $0 > 1 }) {
      throw ArrayError(expected: localized("0 or 1 for every Boolean"), got: "\(wrong)")
    }
    self.init(checkedType: elementType, shape: shape, bytes: bytes)
  }

  /// An array whose bytes are known to fill its shape.
  package init(checkedType elementType: ElementType, shape: [Int], bytes: [UInt8]) {
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
  }

  /// An array of the given values.
  ///
  /// - Parameters:
  ///   - values: The elements, in row-major order.
  ///   - shape: The size of each dimension.
  /// - Throws: ``ArrayError`` if the values do not fill the shape.
  public init<Element: ArrayElement>(_ values: [Element], shape: [Int]) throws(ArrayError) {
    try self.init(
      elementType: Element.elementType, shape: shape, bytes: values.withUnsafeBytes { Array($0) })
  }

  /// The number of elements.
  public var count: Int { bytes.count / elementType.byteCount }

  /// The elements in row-major order, exactly as stored.
  ///
  /// - Parameter type: The Swift type of the elements.
  /// - Returns: The elements, or `nil` if the array holds another type.
  public func values<Element: ArrayElement>(of type: Element.Type = Element.self) -> [Element]? {
    guard type.elementType == elementType else { return nil }
    return raw(type)
  }

  /// The elements in row-major order as double-precision numbers; exact but for 64-bit integers above 2⁵³.
  public func doubles() -> [Double] {
    switch elementType {
    case .bool: bytes.map { Double($0) }
    case .uint8: bytes.map { Double($0) }
    case .int8: raw(Int8.self).map { Double($0) }
    case .uint16: raw(UInt16.self).map { Double($0) }
    case .int16: raw(Int16.self).map { Double($0) }
    case .uint32: raw(UInt32.self).map { Double($0) }
    case .int32: raw(Int32.self).map { Double($0) }
    case .uint64: raw(UInt64.self).map { Double($0) }
    case .int64: raw(Int64.self).map { Double($0) }
    case .float16: raw(UInt16.self).map { Double(HalfPrecision.float(fromFloat16: $0)) }
    case .bfloat16: raw(UInt16.self).map { Double(HalfPrecision.float(fromBFloat16: $0)) }
    case .float32: raw(Float.self).map { Double($0) }
    case .float64: raw(Double.self)
    }
  }

  /// The bytes read as another type of the same size.
  package func raw<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
    [Element](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Element>.size) { buffer, count in
      count = buffer.count
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes.prefix(count * MemoryLayout<Element>.size))
    }
  }
}
