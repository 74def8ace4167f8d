import Localization

/// Reading of arrays of strings, as NumPy saves the names of classes: `<U10` or `|S10`.
enum NpyStrings {
  /// The shape and the strings of an array; nil for an array of another type.
  ///
  /// - Throws: `DatasetError.malformed` for a damaged file.
  static func read(
    _ bytes: [UInt8], source: String
  ) throws(DatasetError) -> (shape: [Int], values: [String])? {
    let range = try NpyFile.headerRange(bytes, source: source)
    guard let header = try? NpyHeader(parsing: bytes[range]) else { return nil }
    let description = Array(header.description.utf8)
    guard description.count >= 3, let letters = Int(header.description.dropFirst(2)), letters >= 0,
      header.shape.count > 0
    else { return nil }
    let size: Int
    switch description[1] {
    case UInt8(ascii: "U"): size = 4
    case UInt8(ascii: "S"): size = 1
    default: return nil
    }
    let content = bytes[range.upperBound...]
    guard let expected = (header.shape + [letters, size]).checkedProduct, expected == content.count,
      let count = header.shape.checkedProduct
    else {
      throw NpyFile.malformed(
        source, .whole, localized("the bytes of '\(header.description)' of shape \(header.shape)"),
        localized("\(content.count) bytes"))
    }
    let isBig = description[0] == UInt8(ascii: ">")
    let width = letters * size
    let values = (0..<count).map { place in
      let start = content.startIndex + place * width
      return text(content[start..<start + width], size: size, isBig: isBig)
    }
    return (header.shape, values)
  }

  /// A string without the zeros that fill its room.
  private static func text(_ bytes: ArraySlice<UInt8>, size: Int, isBig: Bool) -> String {
    guard size == 4 else { return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    var scalars = String.UnicodeScalarView()
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
      let four = isBig ? Array(bytes[start..<start + 4]) : bytes[start..<start + 4].reversed()
      let code = four.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard code != 0 else { break }
      scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
