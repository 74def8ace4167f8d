import Localization

extension Collection where Element == UInt8 {
  /// The first of these bytes in words, for errors: `"dtype": 1`, a line break, the byte 255.
  ///
  /// Printable text is quoted, up to a number of characters; other bytes are named.
  var words: String {
    guard let first else { return localized("the end of the file") }
    if (0x21...0x7E).contains(first) {
      return "\"\(String(decoding: prefix(12).prefix { (0x20...0x7E).contains($0) }, as: UTF8.self))\""
    }
    return switch first {
    case 0: localized("a byte of 0")
    case 0x09: localized("a tab")
    case 0x0A, 0x0D: localized("a line break")
    case 0x20: localized("a space")
    default: localized("the byte \(Int(first))")
    }
  }
}

extension String {
  /// At most its first 100 characters, for an error about a name of a file's.
  var shortened: String {
    let start = prefix(100)
    return start.endIndex == endIndex ? self : start + "…"
  }
}

extension [Int] {
  /// At most its first eight sizes, as Swift writes a list, for an error about a shape of a file's.
  var shortened: String {
    count <= 8 ? "\(self)" : "[\(prefix(8).map(String.init).joined(separator: ", ")), …]"
  }
}
