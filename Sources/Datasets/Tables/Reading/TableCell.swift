/// What is in a field of a table.
enum TableCell {
  case missing
  case number(Float)
  case word

  /// Reads a field.
  init(_ field: ArraySlice<UInt8>, allowsDecimalComma: Bool) {
    if let number = CSVNumber.parse(field, allowsDecimalComma: allowsDecimalComma) {
      self = .number(number)
    } else {
      self = TableCell.isMissing(field) ? .missing : .word
    }
  }

  /// What programs write where there is no value: pandas' list, and UCI's question mark.
  private static let marks: Set<String> = [
    "?", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "n/a", "nan", "null",
  ]

  private static func isMissing(_ field: ArraySlice<UInt8>) -> Bool {
    field.isEmpty || field.count <= 8 && marks.contains(String(decoding: field, as: UTF8.self))
  }
}
