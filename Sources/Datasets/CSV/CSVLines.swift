import Localization

/// The rows and fields of a CSV text.
///
/// Source: RFC 4180. Blank lines are skipped, and so are lines before the data that begin with `#`, and Excel's `sep=;`.
/// With a space as the separator, any run of spaces and tabs separates.
struct CSVLines {
  let bytes: [UInt8]
  let separator: UInt8
  let source: String
  private let isWhitespaceSeparated: Bool
  private var position: Int
  private var nextLine = 1
  private var hasBegun = false
  /// The number of the line on which the row read last begins, from 1.
  private(set) var lineNumber = 0

  init(bytes: [UInt8], separator: UInt8, source: String) {
    self.bytes = bytes
    self.separator = separator
    self.source = source
    isWhitespaceSeparated = separator == UInt8(ascii: " ")
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// The fields of the next line that is not blank, or `nil` after the last.
  mutating func next() throws(DatasetError) -> [ArraySlice<UInt8>]? {
    while position < bytes.count {
      lineNumber = nextLine
      var start = position
      while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
      if start < bytes.count, bytes[start] != Self.newline, hasBegun || !isPreamble(from: start) {
        hasBegun = true
        return try fields()
      }
      position = (bytes[start...].firstIndex(of: Self.newline) ?? bytes.count) + 1
      nextLine += 1
    }
    return nil
  }

  /// Whether a line before the data is a comment, or names the separator.
  private func isPreamble(from start: Int) -> Bool {
    bytes[start] == UInt8(ascii: "#") || lineNumber == 1 && bytes[start...].starts(with: "sep=".utf8)
  }

  /// The fields from the position to the end of the row.
  private mutating func fields() throws(DatasetError) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    while true {
      var start = position
      while start < bytes.count, Self.isBlank(bytes[start]),
        isWhitespaceSeparated || bytes[start] != separator
      {
        start += 1
      }
      let isAtEnd = start == bytes.count || bytes[start] == Self.newline
      if isAtEnd, isWhitespaceSeparated {
        endRow(at: start)
        return fields
      }
      var end = start
      if !isAtEnd, bytes[start] == UInt8(ascii: "\"") {
        let field = try quoted(from: start, column: fields.count + 1)
        fields.append(field.content)
        end = field.end
      } else {
        while end < bytes.count, bytes[end] != Self.newline, !isSeparator(bytes[end]) { end += 1 }
        fields.append(bytes[start..<end].dropLastBlanks())
      }
      guard end < bytes.count, bytes[end] != Self.newline else {
        endRow(at: end)
        return fields
      }
      position = end + 1
    }
  }

  private mutating func endRow(at end: Int) {
    position = end + 1
    nextLine += 1
  }

  /// A field in quotes, in which two quotes stand for one and lines may break, and where what follows it begins.
  private mutating func quoted(
    from start: Int, column: Int
  ) throws(DatasetError) -> (content: ArraySlice<UInt8>, end: Int) {
    var content: [UInt8] = []
    var rest = bytes[(start + 1)...]
    while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
      content += rest[..<quote]
      rest = rest[(quote + 1)...]
      guard rest.first == UInt8(ascii: "\"") else {
        let gap = rest.prefix { !isSeparator($0) && $0 != Self.newline }
        guard gap.allSatisfy(Self.isBlank) else {
          throw malformed(column, localized("a separator after the quoted field"), CSVLines.shown(gap))
        }
        nextLine += content.count { $0 == Self.newline }
        return (content[...], gap.endIndex)
      }
      content.append(UInt8(ascii: "\""))
      rest = rest.dropFirst()
    }
    throw malformed(column, localized("a quote at the field's end"), CSVLines.shown(bytes[start...]))
  }

  /// A field as an error shows it.
  static func shown(_ field: ArraySlice<UInt8>) -> String {
    guard !field.isEmpty else { return localized("an empty field") }
    let isLong = field.count > 24
    return "'\(String(decoding: field.prefix(24), as: UTF8.self))\(isLong ? "…" : "")'"
  }

  /// A defect in the row read last.
  func malformed(_ column: Int?, _ expected: String, _ got: String) -> DatasetError {
    .malformed(
      FileDefect(
        .csv, source: source, at: .line(lineNumber, column: column), expected: expected, got: got,
        advice: localized("Correct that line, or leave the column out.")))
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == separator || isWhitespaceSeparated && byte == 0x09
  }

  private static let newline = UInt8(ascii: "\n")

  /// Whether a byte is a space, a tab, or the first half of a Windows line break.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

extension ArraySlice<UInt8> {
  /// The slice without blanks at its end.
  fileprivate func dropLastBlanks() -> Self {
    var slice = self
    while let last = slice.last, last == 0x20 || last == 0x09 || last == 0x0D { slice = slice.dropLast() }
    return slice
  }
}
