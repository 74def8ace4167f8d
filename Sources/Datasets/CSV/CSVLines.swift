import Localization

/// The lines and fields of a CSV text.
///
/// Source: RFC 4180, but a quoted field ends on its line, and lines that are blank are skipped.
struct CSVLines {
  let bytes: [UInt8]
  let separator: UInt8
  let source: String
  private var position: Int
  /// The number of the line read last, from 1.
  private(set) var lineNumber = 0

  init(bytes: [UInt8], separator: UInt8, source: String) {
    self.bytes = bytes
    self.separator = separator
    self.source = source
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// The fields of the next line that is not blank, or `nil` after the last.
  mutating func next() throws(DatasetError) -> [ArraySlice<UInt8>]? {
    while position < bytes.count {
      var line = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
      position = line.endIndex + 1
      lineNumber += 1
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      if line.contains(where: { !Self.isBlank($0) }) { return try fields(of: line) }
    }
    return nil
  }

  private func fields(of line: ArraySlice<UInt8>) throws(DatasetError) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var start = line.startIndex
    while true {
      let spaces = line[start...].prefix { Self.isBlank($0) && $0 != separator }
      let end: Int
      if spaces.endIndex < line.endIndex, line[spaces.endIndex] == UInt8(ascii: "\"") {
        let (field, after) = try quoted(line[spaces.endIndex...], column: fields.count + 1)
        fields.append(field)
        end = after
      } else {
        let field = line[spaces.endIndex...].prefix { $0 != separator }
        end = field.endIndex
        fields.append(field.dropLastBlanks())
      }
      guard end < line.endIndex else { return fields }
      start = end + 1
    }
  }

  /// A field in quotes, in which two quotes stand for one, and where the next separator is.
  private func quoted(
    _ text: ArraySlice<UInt8>, column: Int
  ) throws(DatasetError) -> (ArraySlice<UInt8>, Int) {
    var content: [UInt8] = []
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
      content += rest[..<quote]
      rest = rest[(quote + 1)...]
      guard rest.first == UInt8(ascii: "\"") else {
        let gap = rest.prefix { $0 != separator }
        guard gap.allSatisfy(Self.isBlank) else {
          throw malformed(column, localized("a separator after the quoted field"), CSVLines.shown(gap))
        }
        return (content[...], gap.endIndex)
      }
      content.append(UInt8(ascii: "\""))
      rest = rest.dropFirst()
    }
    throw malformed(column, localized("a quote at the field's end, on the same line"), CSVLines.shown(text))
  }

  /// A field as an error shows it.
  static func shown(_ field: ArraySlice<UInt8>) -> String {
    guard !field.isEmpty else { return localized("an empty field") }
    let isLong = field.count > 24
    return "'\(String(decoding: field.prefix(24), as: UTF8.self))\(isLong ? "…" : "")'"
  }

  /// A defect in the line read last.
  func malformed(_ column: Int?, _ expected: String, _ got: String) -> DatasetError {
    .malformed(
      FileDefect(
        .csv, source: source, at: .line(lineNumber, column: column), expected: expected, got: got,
        advice: localized("Correct that line, or leave the column out.")))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension ArraySlice<UInt8> {
  /// The slice without spaces and tabs at its end.
  fileprivate func dropLastBlanks() -> Self {
    var slice = self
    while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
    return slice
  }
}
