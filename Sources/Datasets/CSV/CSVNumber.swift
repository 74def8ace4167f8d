/// Reading of decimal numbers from bytes.
enum CSVNumber {
  /// The finite number written in a field, or `nil` if there is none. With `allowsDecimalComma`, `1,5` is 1.5, as in
  /// files whose separator is not a comma.
  static func parse(_ field: ArraySlice<UInt8>, allowsDecimalComma: Bool = false) -> Float? {
    // Most fields are small whole numbers, such as pixels; all those of 7 digits are exact in a Float.
    if field.count <= 7, !field.isEmpty, field.allSatisfy({ isDigit($0) }) {
      return Float(field.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    var field = field
    if allowsDecimalComma, let comma = field.firstIndex(of: UInt8(ascii: ",")),
      !field.contains(UInt8(ascii: "."))
    {
      field[comma] = UInt8(ascii: ".")
    }
    // Swift would also take hexadecimal numbers, infinity and NaN.
    guard field.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) }),
      let value = Float(String(decoding: field, as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
