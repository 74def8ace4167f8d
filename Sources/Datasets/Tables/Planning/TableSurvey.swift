import Localization

/// What is in the columns of a table, found in one pass over it.
struct TableSurvey {
  /// The fields of the first row.
  private(set) var first: [ArraySlice<UInt8>]
  /// The line that the first row is on.
  let firstLine: Int
  /// The rows after the first.
  private(set) var rowCount = 0
  /// What is in the columns in these rows.
  private(set) var columns: [ColumnSurvey]
  /// Whether the first row has one field less than the others, as R writes row names.
  private(set) var lacksFirstName = false

  let allowsDecimalComma: Bool
  private let separator: TableSeparator

  /// Surveys a table.
  ///
  /// - Throws: `DatasetError.malformed` for rows of different lengths, or fewer than two columns.
  init(_ text: [UInt8], source: String, separator: TableSeparator) throws(DatasetError) {
    var lines = CSVLines(bytes: text, separator: separator.byte, source: source)
    guard let first = try lines.next() else {
      throw .malformed(
        FileDefect(
          .csv, source: source, at: .whole, expected: localized("a row"), got: localized("an empty file"),
          advice: localized("Write or fetch it again.")))
    }
    self.separator = separator
    self.first = first
    firstLine = lines.lineNumber
    allowsDecimalComma = separator.allowsDecimalComma
    columns = first.map { _ in ColumnSurvey() }
    while let row = try lines.next() {
      if rowCount == 0, row.count == first.count + 1, row.last?.isEmpty == false {
        try takeRowNames(lines, row.count, text, separator)
      }
      guard row.count == columns.count else {
        guard rowCount > 0 || first.count == 1 else {
          throw oddFirst(lines, expected: row.count, got: first.count)
        }
        throw odd(
          lines.source, lines.lineNumber,
          expected: columns.count == 1
            ? localized("1 column, as in the first line")
            : localized("\(columns.count) columns, as in the first line"), got: row.count)
      }
      add(row)
    }
    guard columns.count >= 2 else {
      throw .malformed(
        FileDefect(
          .csv, source: source, at: .line(firstLine, column: nil),
          expected: localized("at least 2 columns, separated by commas, semicolons, tabs or spaces"),
          got: CSVLines.shown(first[0]), advice: localized("Correct that line, or leave the column out.")))
    }
  }

  private mutating func add(_ row: [ArraySlice<UInt8>]) {
    rowCount += 1
    for (column, field) in row.enumerated() {
      let cell = TableCell(field, allowsDecimalComma: allowsDecimalComma)
      columns[column].add(cell)
      if case .word = cell, !columns[column].repeatsFirst, field == first[column] {
        columns[column].repeatsFirst = true
      }
    }
  }

  /// Takes a first row of one name less for the header of a table with row names, as R writes it.
  private mutating func takeRowNames(
    _ lines: CSVLines, _ count: Int, _ text: [UInt8], _ separator: TableSeparator
  ) throws(DatasetError) {
    let isHeader = first.allSatisfy {
      if case .word = TableCell($0, allowsDecimalComma: allowsDecimalComma) { true } else { false }
    }
    guard isHeader else { throw oddFirst(lines, expected: count, got: first.count) }
    first.insert([], at: 0)
    columns.append(ColumnSurvey())
    lacksFirstName = true
  }

  private func oddFirst(_ lines: CSVLines, expected: Int, got: Int) -> DatasetError {
    odd(
      lines.source, firstLine,
      expected: expected == 1
        ? localized("1 column, as in the next line") : localized("\(expected) columns, as in the next line"),
      got: got, isFirst: true)
  }

  /// A line of another number of fields, which may be split at the wrong character.
  private func odd(
    _ source: String, _ line: Int, expected: String, got: Int, isFirst: Bool = false
  ) -> DatasetError {
    let advice =
      isFirst
      ? localized("If that line is a title or counts the rows, delete it.")
      : localized("Correct that line, or leave the column out.")
    let split = localized("Lines were split at \(separator.words); --separator names another separator.")
    return .malformed(
      FileDefect(
        .csv, source: source, at: .line(line, column: nil), expected: expected, got: "\(got)",
        advice: "\(advice) \(split)"))
  }
}
