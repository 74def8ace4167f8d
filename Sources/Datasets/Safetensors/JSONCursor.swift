import Localization

/// A strict reader of the JSON that safetensors headers are made of: objects, strings, and lists of sizes.
///
/// The grammar of a header is fixed, so nothing nests deeper than the caller asks for.
/// Source: RFC 8259.
struct JSONCursor {
  let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  /// Why the text could not be parsed; `offset` counts from the start of the file.
  struct Problem: Error, Equatable {
    var offset: Int
    var expected: String
    var got: String
  }

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Reads an object, handing each key and its place to `member`, which reads the value.
  mutating func object(
    _ member: (inout JSONCursor, String, Int) throws(Problem) -> Void
  ) throws(Problem) {
    try expect("{")
    if skip("}") { return }
    repeat {
      skipSpaces()
      let offset = position
      let key = try string()
      try expect(":")
      try member(&self, key, offset)
    } while skip(",")
    try expect("}")
  }

  /// Reads a value of any kind, and forgets it; at most 64 values inside one another.
  mutating func skipValue(depth: Int = 0) throws(Problem) {
    skipSpaces()
    guard depth < 64 else { throw problem(localized("at most 64 values inside one another")) }
    switch position < bytes.endIndex ? bytes[position] : 0 {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"):
      try object { (json, _, _) throws(Problem) in try json.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      try expect("[")
      if skip("]") { return }
      repeat { try skipValue(depth: depth + 1) } while skip(",")
      try expect("]")
    default:
      let word = bytes[position...].prefix { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
          || [0x2B, 0x2D, 0x2E, 0x45].contains(byte)
      }
      let text = String(decoding: word.prefix(400), as: UTF8.self)
      guard ["true", "false", "null"].contains(text) || Double(text) != nil && text.last?.isNumber == true
      else {
        throw problem(localized("a value"))
      }
      position = word.endIndex
    }
  }

  /// Reads a list of whole numbers from 0 up.
  mutating func sizes() throws(Problem) -> [Int] {
    try expect("[")
    if skip("]") { return [] }
    var sizes: [Int] = []
    repeat { sizes.append(try size()) } while skip(",")
    try expect("]")
    return sizes
  }

  /// Reads a string.
  mutating func string() throws(Problem) -> String {
    try expect("\"")
    let start = position
    // Most strings have no escapes and are taken whole.
    let plain = plainEnd(from: position)
    var content = Array(bytes[position..<plain])
    position = plain
    while position < bytes.endIndex {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw Problem(offset: start, expected: localized("valid UTF-8"), got: localized("other bytes"))
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        content += try escape()
      case 0..<0x20:
        throw problem(localized("no control character in a string"))
      default:
        content.append(byte)
        position += 1
      }
    }
    throw problem("'\"' at the end of a string")
  }

  /// Checks that only spaces are left.
  mutating func expectEnd() throws(Problem) {
    skipSpaces()
    guard position == bytes.endIndex else { throw problem(localized("the end of the header")) }
  }

  /// The problem of not finding what was expected at the current place.
  func problem(_ expected: String) -> Problem {
    let rest = bytes[position...].prefix(12)
    return Problem(
      offset: position, expected: expected,
      got: rest.isEmpty ? localized("the end of the header") : rest.words)
  }

  /// A string as JSON, with the escapes that JSON demands and no others.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The letter after a backslash, and the character it stands for.
  private static let escapes: [UInt8: UInt8] = [
    0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
  ]

  /// Where the string that goes on at `start` ends or has its first escape or control character.
  private func plainEnd(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var place = start - self.bytes.startIndex
      while place < bytes.count, bytes[place] != 0x22, bytes[place] != 0x5C, bytes[place] >= 0x20 {
        place += 1
      }
      return place + self.bytes.startIndex
    }
  }

  private mutating func skipSpaces() {
    let end = bytes.endIndex
    let next = bytes.withUnsafeBufferPointer { [position, start = bytes.startIndex] bytes in
      var place = position
      while place < end {
        let byte = bytes[place - start]
        guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { break }
        place += 1
      }
      return place
    }
    position = next
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Problem) {
    guard skip(character) else { throw problem("'\(character)'") }
  }

  private mutating func size() throws(Problem) -> Int {
    skipSpaces()
    let start = position
    var (value, place, isTooLarge) = (0, position, false)
    while place < bytes.endIndex, case let digit = bytes[place], (0x30...0x39).contains(digit) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit) - 0x30)
      isTooLarge = isTooLarge || overflow || carry
      (value, place) = (sum, place + 1)
    }
    guard place > start, !isTooLarge, place == start + 1 || bytes[start] != 0x30 else {
      throw problem(localized("a whole number from 0 to \(Int.max)"))
    }
    position = place
    return value
  }

  /// The UTF-8 bytes of an escape; the backslash has been read.
  private mutating func escape() throws(Problem) -> [UInt8] {
    guard position < bytes.endIndex else { throw problem(localized("an escape")) }
    if let byte = Self.escapes[bytes[position]] {
      position += 1
      return [byte]
    }
    var value = try codeUnit()
    if (0xD800..<0xDC00).contains(value), position < bytes.endIndex, bytes[position] == UInt8(ascii: "\\") {
      position += 1
      let low = try codeUnit()
      guard (0xDC00..<0xE000).contains(low) else {
        throw problem(localized("the second half of a surrogate pair"))
      }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw problem(localized("a surrogate pair")) }
    return Array(String(scalar).utf8)
  }

  /// The four hexadecimal digits of `\uXXXX`; the backslash has been read.
  private mutating func codeUnit() throws(Problem) -> UInt32 {
    let text = bytes[position...].prefix(5)
    guard text.count == 5, text.first == UInt8(ascii: "u"),
      text.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: text.dropFirst(), as: UTF8.self), radix: 16)
    else { throw problem("an escape such as \\n or \\u00e9") }
    position += 5
    return value
  }
}
