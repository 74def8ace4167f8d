import Localization

/// The text of a table's file: decompressed, in UTF-8, with a line feed at the end of each line.
enum TableText {
  /// The most bytes that a compressed table may have when it is decompressed.
  private static let limit = 1 << 31

  /// Decodes the bytes of a file: gzip, UTF-8, UTF-16, or else Latin-1.
  ///
  /// - Throws: `DatasetError.malformed` for damaged gzip, `DatasetError.unsupported` for what is not text.
  static func decode(_ bytes: [UInt8], source: String) throws(DatasetError) -> [UInt8] {
    let plain =
      Gzip.isGzip(bytes) ? try Gzip.inflate(bytes, limit: limit, source: source) : bytes
    if let other = RecognizedFile(plain), other != .utf16, other != .empty {
      throw notText(source, other.words, other.advice(for: .csv))
    }
    let text = utf16(plain) ?? plain
    guard !text.contains(0) else { throw notText(source, localized("bytes that are not text")) }
    return withLineFeeds(utf8(text))
  }

  private static func notText(_ source: String, _ got: String, _ advice: String? = nil) -> DatasetError {
    .unsupported(
      FileDefect(
        .csv, source: source, at: .whole, expected: localized("rows of text"), got: got,
        advice: advice ?? localized("Save the table as CSV text.")))
  }

  /// The text of UTF-16, with a byte-order mark or without one; nil for other bytes.
  private static func utf16(_ bytes: [UInt8]) -> [UInt8]? {
    let isLittle: Bool
    let head = bytes.prefix(64)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      isLittle = bytes[0] == 0xFF
    } else if head.count >= 4, head.contains(0) {
      // In Latin letters every other byte is 0.
      let (even, odd) = (
        head.enumerated().allSatisfy { !$0.offset.isMultiple(of: 2) || $0.element == 0 },
        head.enumerated().allSatisfy { $0.offset.isMultiple(of: 2) || $0.element == 0 }
      )
      guard even != odd else { return nil }
      isLittle = odd
    } else {
      return nil
    }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for place in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    return Array(String(decoding: units.drop { $0 == 0xFEFF }, as: UTF16.self).utf8)
  }

  /// The text without a byte-order mark; what is not UTF-8 is read as Latin-1.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil else {
      return text
    }
    return text.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
  }

  /// Old programs end lines with a carriage return alone.
  private static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
    guard !text.contains(0x0A), text.contains(0x0D) else { return text }
    return text.map { $0 == 0x0D ? 0x0A : $0 }
  }
}
