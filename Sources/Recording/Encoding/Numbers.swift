import Arrays

/// Numbers in a file are little-endian, as they are in memory on every machine that this runs on.
extension ArrayElement {
  /// The number at a place of bytes that have at least its size there.
  package init(stored bytes: UnsafeRawBufferPointer, at place: Int) {
    self = bytes.loadUnaligned(fromByteOffset: place, as: Self.self)
  }

  /// Adds its bytes.
  package func append(to bytes: inout [UInt8]) { withUnsafeBytes(of: self) { bytes += $0 } }
}

/// The bytes of numbers.
package func storedBytes<Number: ArrayElement>(_ numbers: some Collection<Number>) -> [UInt8] {
  Array(numbers).withUnsafeBytes { Array($0) }
}

/// The numbers of bytes whose count is a multiple of their size.
package func storedNumbers<Number: ArrayElement>(
  _ bytes: [UInt8], as type: Number.Type = Number.self
) -> [Number] {
  bytes.withUnsafeBytes { bytes in
    (0..<bytes.count / MemoryLayout<Number>.size).map {
      Number(stored: bytes, at: $0 * MemoryLayout<Number>.size)
    }
  }
}
