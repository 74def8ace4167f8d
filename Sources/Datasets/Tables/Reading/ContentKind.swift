import Localization

/// What a file is that was given for a table.
enum ContentKind {
  /// The name of a known format that is not a table's, by how its bytes begin; nil for others.
  static func name(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return localized("a ZIP archive, as spreadsheets and .npz files are")
    }
    if bytes.starts(with: "PAR1".utf8) { return localized("a Parquet file") }
    if bytes.starts(with: "SQLite format 3".utf8) { return localized("a SQLite database") }
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) {
      return localized("a NumPy array: give inputs and targets as X.npy,Y.npy")
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return localized("an old Excel sheet") }
    if bytes.starts(with: "%PDF".utf8) { return localized("a PDF file") }
    if bytes.starts(with: "version https://git-lfs".utf8) {
      return localized("a pointer of Git LFS, not the file itself: run git lfs pull")
    }
    let start = bytes.prefix(256).drop { $0 <= 0x20 }
    let text = String(decoding: start.prefix(16), as: UTF8.self).lowercased()
    return text.hasPrefix("<!doctype") || text.hasPrefix("<html") ? localized("a web page") : nil
  }
}
