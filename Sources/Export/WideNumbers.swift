/// Whole numbers in JSON that readers with double precision, such as JavaScript, would round.
enum WideNumbers {
  /// The JSON with each whole number above 2⁵³ as a string of its digits.
  static func quoted(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    var (place, isInString) = (0, false)
    while place < json.count {
      let byte = json[place]
      if isInString || !isPart(byte) {
        if byte == UInt8(ascii: "\\"), isInString, place + 1 < json.count {
          result.append(byte)
          place += 1
        } else if byte == UInt8(ascii: "\"") {
          isInString.toggle()
        }
        result.append(json[place])
        place += 1
        continue
      }
      let number = json[place...].prefix(while: isPart)
      let isWide = isWide(number)
      if isWide { result.append(UInt8(ascii: "\"")) }
      result += number
      if isWide { result.append(UInt8(ascii: "\"")) }
      place = number.endIndex
    }
    return result
  }

  /// Whether a byte is a part of a number, but for `true`, `false` and `null`, which have no digits.
  private static func isPart(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
  }

  private static func isWide(_ number: ArraySlice<UInt8>) -> Bool {
    let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number
    guard digits.count >= 16, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return UInt64(String(decoding: digits, as: UTF8.self)).map { $0 > 1 << 53 } ?? true
  }
}
