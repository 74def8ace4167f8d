/// Numbers that have a fixed size in a file, little-endian.
package protocol StoredNumber {
  /// **Units**: bytes.
  static var storedSize: Int { get }
  /// The number at a place of bytes that have at least its size there.
  init(stored bytes: UnsafeRawBufferPointer, at place: Int)
  /// Adds its bytes.
  func append(to bytes: inout [UInt8])
}

extension StoredNumber where Self: FixedWidthInteger {
  package static var storedSize: Int { MemoryLayout<Self>.size }
  package init(stored bytes: UnsafeRawBufferPointer, at place: Int) {
    self.init(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Self.self))
  }
  package func append(to bytes: inout [UInt8]) { withUnsafeBytes(of: littleEndian) { bytes += $0 } }
}

extension UInt32: StoredNumber {}
extension UInt64: StoredNumber {}
extension Int64: StoredNumber {}

extension Float: StoredNumber {
  package static var storedSize: Int { 4 }
  package init(stored bytes: UnsafeRawBufferPointer, at place: Int) {
    self.init(bitPattern: UInt32(stored: bytes, at: place))
  }
  package func append(to bytes: inout [UInt8]) { bitPattern.append(to: &bytes) }
}

extension Double: StoredNumber {
  package static var storedSize: Int { 8 }
  package init(stored bytes: UnsafeRawBufferPointer, at place: Int) {
    self.init(bitPattern: UInt64(stored: bytes, at: place))
  }
  package func append(to bytes: inout [UInt8]) { bitPattern.append(to: &bytes) }
}

/// The bytes of numbers.
package func storedBytes<Number: StoredNumber>(_ numbers: some Collection<Number>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(numbers.count * Number.storedSize)
  for number in numbers { number.append(to: &bytes) }
  return bytes
}

/// The numbers of bytes whose count is a multiple of their size.
package func storedNumbers<Number: StoredNumber>(_ bytes: [UInt8], as type: Number.Type = Number.self)
  -> [Number]
{
  bytes.withUnsafeBytes { bytes in
    (0..<bytes.count / Number.storedSize).map { Number(stored: bytes, at: $0 * Number.storedSize) }
  }
}
