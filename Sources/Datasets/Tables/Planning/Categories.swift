/// The different words in some columns of a table, found in one pass over it.
struct Categories {
  private var found: [Int: Set<String>] = [:]

  /// Looks through columns; a number in one of `numeric` is the same word however it is written.
  init(
    _ text: [UInt8], source: String, separator: TableSeparator, skipsFirst: Bool, columns: Set<Int>,
    numeric: Set<Int>
  ) throws(DatasetError) {
    var lines = CSVLines(bytes: text, separator: separator.byte, source: source)
    if skipsFirst { _ = try lines.next() }
    for column in columns { found[column] = [] }
    let places = columns.sorted()
    while !places.isEmpty, let row = try lines.next() {
      for place in places where row.indices.contains(place) {
        if let word = Categories.word(
          row[place], isNumeric: numeric.contains(place), allowsDecimalComma: separator.allowsDecimalComma)
        {
          found[place]?.insert(word)
        }
      }
    }
  }

  /// The words of a column in order, whole numbers by value; nil where it was not looked through.
  func names(_ column: Int) -> [String]? { found[column].map(Categories.sorted) }

  /// The word in a field; nil where it is missing.
  static func word(
    _ field: ArraySlice<UInt8>, isNumeric: Bool, allowsDecimalComma: Bool
  ) -> String? {
    switch TableCell(field, allowsDecimalComma: allowsDecimalComma) {
    case .missing: return nil
    case .number(let value) where isNumeric:
      // 1 and 1.0 are one class.
      return value == value.rounded() && value.magnitude < 1e7 ? "\(Int(value))" : "\(value)"
    case .number, .word: return String(decoding: field, as: UTF8.self)
    }
  }

  /// By value if all are numbers, so that 10 comes after 9; else by text.
  static func sorted(_ names: some Collection<String>) -> [String] {
    let numbers = names.compactMap { name in Double(name).map { (value: $0, name: name) } }
    guard numbers.count == names.count else { return names.sorted() }
    return numbers.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
  }
}
