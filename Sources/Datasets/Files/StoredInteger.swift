/// The order of the bytes of a stored number.
public enum ByteOrder: Sendable {
  case little
  case big

  /// The order of the machine this runs on.
  public static var native: Self { 1.littleEndian == 1 ? .little : .big }
}

extension Collection where Element == UInt8, Index == Int {
  /// The integer stored at a distance from the start, or `nil` if it would pass the end.
  package func storedInteger<Integer: FixedWidthInteger>(
    _ type: Integer.Type = Integer.self, at offset: Int, order: ByteOrder
  ) -> Integer? {
    let size = Integer.bitWidth / 8
    guard offset >= 0, offset <= count - size else { return nil }
    var value: Integer = 0
    for place in 0..<size {
      let byte = self[startIndex + offset + (order == .big ? place : size - 1 - place)]
      value = (value << 8) | Integer(truncatingIfNeeded: byte)
    }
    return value
  }
}
