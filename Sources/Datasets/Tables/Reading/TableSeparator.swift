import Localization

/// What separates the fields of a table's rows.
package enum TableSeparator: String, Sendable, CaseIterable, Codable {
  case comma
  case semicolon
  case tab
  /// Any run of spaces and tabs.
  case space

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .space: UInt8(ascii: " ")
    }
  }

  /// Whether `1,5` is a number.
  var allowsDecimalComma: Bool { self != .comma }

  /// What a sentence calls several of it.
  var words: String {
    switch self {
    case .comma: localized("commas")
    case .semicolon: localized("semicolons")
    case .tab: localized("tabs")
    case .space: localized("spaces")
    }
  }

  /// The separator that a word or the character itself names.
  package init?(naming text: String) {
    switch text {
    case ",": self = .comma
    case ";": self = .semicolon
    case "\t", "\\t": self = .tab
    case " ": self = .space
    default: self.init(rawValue: text)
    }
  }

  /// Rows that are looked at to find the separator.
  private static let rowLimit = 100
  /// Bytes that are looked at.
  private static let byteLimit = 1 << 16

  /// The separator of a text: that which cuts the most rows into the same number of fields; of several, that which
  /// leaves the most numbers. Spaces are also in words and dates, so that another one that fits as well is preferred.
  static func find(in text: [UInt8]) -> TableSeparator {
    if text.starts(with: "sep=".utf8), text.count > 4,
      let named = TableSeparator(naming: String(decoding: text[4...4], as: UTF8.self))
    {
      return named
    }
    var sample = text.prefix(byteLimit)
    if sample.count < text.count, let end = sample.lastIndex(of: 0x0A) { sample = sample[...end] }
    let bytes = Array(sample)
    let fits = allCases.compactMap { separator in Fit(separator, bytes).map { (separator, $0) } }
    return fits.max { $0.1 < $1.1 }?.0 ?? .comma
  }

  /// How well a separator fits some rows.
  private struct Fit: Comparable {
    /// The share of rows that have the most frequent number of fields, in tenths: an odd row decides nothing.
    var regular = 0.0
    /// The share of fields that are numbers.
    var numbers = 0.0
    var fields = 0
    /// Whether it is any run of spaces.
    let isSpace: Bool
    /// Whether all rows have as many fields.
    var isExact = false

    /// Nil for a separator that occurs in too few rows.
    init?(_ separator: TableSeparator, _ text: [UInt8]) {
      isSpace = separator == .space
      var lines = CSVLines(bytes: text, separator: separator.byte, source: "")
      var counts: [Int: Int] = [:]
      var (rows, cells, numberCells) = (0, 0, 0)
      while rows < rowLimit, let row = try? lines.next() {
        counts[row.count, default: 0] += 1
        rows += 1
        cells += row.count
        numberCells += row.count {
          CSVNumber.parse($0, allowsDecimalComma: separator.allowsDecimalComma) != nil
        }
      }
      guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), usual.key > 1 else {
        return nil
      }
      regular = (Double(usual.value) / Double(rows) * 10).rounded()
      numbers = Double(numberCells) / Double(cells)
      fields = usual.key
      isExact = usual.value == rows
    }

    static func < (left: Fit, right: Fit) -> Bool {
      guard left.regular == right.regular, left.isSpace != right.isSpace else {
        return (left.regular, left.numbers, left.fields) < (right.regular, right.numbers, right.fields)
      }
      let (space, other) = left.isSpace ? (left, right) : (right, left)
      let isOther = other.isExact && !space.isExact || space.numbers - other.numbers < 0.1
      return isOther == left.isSpace
    }
  }
}
