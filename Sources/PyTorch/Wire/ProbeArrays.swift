import Arrays

/// The arrays of a message, by name. Their types and lengths are checked before any is read.
package struct ProbeArrays: Sendable {
  /// The type of an array's elements, in the protocol's words.
  enum Kind: String {
    case f32, f64, i64, i32, i16, i8, u8

    /// The type of the same elements.
    var elementType: ElementType {
      switch self {
      case .f32: .float32
      case .f64: .float64
      case .i64: .int64
      case .i32: .int32
      case .i16: .int16
      case .i8: .int8
      case .u8: .uint8
      }
    }

    /// **Units**: bytes.
    var size: Int {
      switch self {
      case .f64, .i64: 8
      case .f32, .i32: 4
      case .i16: 2
      case .i8, .u8: 1
      }
    }
  }

  /// An array's entry in a header: `["loss", "f64", 3]`.
  struct Entry: Decodable {
    let name: String
    let kind: String
    let count: Int

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      name = try container.decode(String.self)
      kind = try container.decode(String.self)
      count = try container.decode(Int.self)
    }
  }

  private var places: [String: (kind: Kind, range: Range<Int>)] = [:]
  private let payload: [UInt8]

  /// The arrays that a header's entries describe.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` unless they fill the payload exactly.
  init(_ entries: [Entry], _ payload: [UInt8]) throws(ProbeError) {
    self.payload = payload
    var start = 0
    for entry in entries {
      guard let kind = Kind(rawValue: entry.kind) else { throw .broken("an array of an unknown type") }
      let (size, overflows) = entry.count.multipliedReportingOverflow(by: kind.size)
      guard entry.count >= 0, !overflows, size <= payload.count - start else {
        throw .broken("an array longer than its payload")
      }
      places[entry.name] = (kind, start..<start + size)
      start += size
    }
    guard start == payload.count else { throw .broken("a payload longer than its arrays") }
  }

  /// The numbers of an array in single precision; empty where there is none.
  func floats(_ name: String) -> [Float] {
    numbers(name) {
      Float($0)
    } float: {
      $0
    }
  }

  /// The numbers of an array in double precision; empty where there is none.
  func doubles(_ name: String) -> [Double] {
    numbers(name) {
      Double($0)
    } float: {
      Double($0)
    } double: {
      $0
    }
  }

  /// The whole numbers of an array; empty where there is none, or where it holds others.
  func integers(_ name: String) -> [Int] { numbers(name) { Int($0) } }

  /// An array as it came, in a shape.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where there is none, or it does not fill the shape.
  func array(_ name: String, shape: [Int]) throws(ProbeError) -> RawArray {
    guard let (kind, range) = places[name] else { throw .broken("a tensor without numbers") }
    do throws(ArrayError) {
      return try RawArray(elementType: kind.elementType, shape: shape, bytes: Array(payload[range]))
    } catch {
      throw .broken("a tensor that does not fill its shape")
    }
  }

  private func numbers<Number>(
    _ name: String, integer: (Int64) -> Number, float: ((Float) -> Number)? = nil,
    double: ((Double) -> Number)? = nil
  ) -> [Number] {
    guard let (kind, range) = places[name] else { return [] }
    return payload.withUnsafeBytes { bytes in
      stride(from: range.lowerBound, to: range.upperBound, by: kind.size).compactMap { place in
        switch kind {
        case .f32:
          float?(
            Float(
              bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))))
        case .f64:
          value(
            Double(
              bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))),
            float, double)
        case .i64: integer(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self)))
        case .i32:
          integer(Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self))))
        case .i16:
          integer(Int64(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int16.self))))
        case .i8: integer(Int64(bytes.loadUnaligned(fromByteOffset: place, as: Int8.self)))
        case .u8: integer(Int64(bytes[place]))
        }
      }
    }
  }

  private func value<Number>(_ number: Double, _ float: ((Float) -> Number)?, _ double: ((Double) -> Number)?)
    -> Number?
  {
    double?(number) ?? float?(Float(number))
  }
}
