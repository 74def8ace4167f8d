import Localization

/// The dictionary at the start of an `.npy` file, written as a Python literal.
struct NpyHeader: Equatable {
  var description: String
  var isFortranOrder: Bool
  var shape: [Int]

  /// Parses `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, in any order of keys.
  ///
  /// - Throws: `NpyHeader.Problem`, with offsets into `text`.
  init(parsing text: ArraySlice<UInt8>) throws(Problem) {
    var parser = Parser(text: text)
    var description: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try parser.expect("{")
    while !parser.skip("}") {
      let start = parser.position
      let key = try parser.string()
      try parser.expect(":")
      switch key {
      case "descr" where description == nil:
        // A list of fields is a valid description, of records.
        if parser.skip("[") {
          throw Problem(
            offset: start, expected: localized("one type for all"), got: localized("a list of fields"),
            isRecords: true)
        }
        description = try parser.string()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try parser.boolean()
      case "shape" where shape == nil: shape = try parser.tuple()
      default:
        throw Problem(
          offset: start, expected: localized("the keys descr, fortran_order and shape, once each"),
          got: "'\(key)'")
      }
      if parser.skip(",") { continue }
      try parser.expect("}")
      break
    }
    try parser.expectEnd()
    guard let description, let isFortranOrder, let shape else {
      throw Problem(
        offset: parser.position, expected: localized("the keys descr, fortran_order and shape"),
        got: localized("fewer"))
    }
    self.description = description
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// Why a header could not be parsed.
  struct Problem: Error, Equatable {
    var offset: Int
    var expected: String
    var got: String
    /// The header describes records, which are valid but not supported.
    var isRecords = false
  }
}

/// A cursor over the header's few kinds of Python literal.
private struct Parser {
  let text: ArraySlice<UInt8>
  var position: Int

  init(text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  mutating func skipSpaces() {
    while position < text.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
  }

  /// Takes a character if it comes next, after any spaces.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard position < text.endIndex, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(NpyHeader.Problem) {
    guard skip(character) else { throw problem("'\(character)'") }
  }

  mutating func expectEnd() throws(NpyHeader.Problem) {
    skipSpaces()
    guard position == text.endIndex else { throw problem(localized("the end of the header")) }
  }

  /// A string in single or double quotes, without escapes: none of the format's strings needs one.
  mutating func string() throws(NpyHeader.Problem) -> String {
    skipSpaces()
    guard position < text.endIndex, text[position] == 0x27 || text[position] == 0x22 else {
      throw problem(localized("a quoted string"))
    }
    let quote = text[position]
    let body = text[(position + 1)...].prefix { $0 != quote && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
    guard body.endIndex < text.endIndex, text[body.endIndex] == quote else {
      throw problem(localized("a quoted string that ends"))
    }
    position = body.endIndex + 1
    return String(decoding: body, as: UTF8.self)
  }

  mutating func boolean() throws(NpyHeader.Problem) -> Bool {
    skipSpaces()
    for (word, value) in [("True", true), ("False", false)] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw problem(localized("True or False"))
  }

  /// A tuple of sizes: `()`, `(3,)`, `(3, 4)`. Python 2 wrote long numbers as `3L`.
  mutating func tuple() throws(NpyHeader.Problem) -> [Int] {
    try expect("(")
    var sizes: [Int] = []
    while !skip(")") {
      sizes.append(try size())
      if skip(",") { continue }
      guard sizes.count > 1 else { throw problem(localized("',' after the only size of a tuple")) }
      try expect(")")
      break
    }
    return sizes
  }

  private mutating func size() throws(NpyHeader.Problem) -> Int {
    skipSpaces()
    let digits = text[position...].prefix { (0x30...0x39).contains($0) }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
      throw problem(digits.isEmpty ? localized("a size") : localized("a size that fits 63 bits"))
    }
    position = digits.endIndex
    if position < text.endIndex, text[position] == UInt8(ascii: "L") { position += 1 }
    return value
  }

  private func problem(_ expected: String) -> NpyHeader.Problem {
    let rest = text[position...].prefix(12)
    return NpyHeader.Problem(
      offset: position, expected: expected,
      got: rest.isEmpty ? localized("the end of the header") : rest.words)
  }
}
