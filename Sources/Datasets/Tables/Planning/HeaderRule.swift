import Localization

/// Whether the first row of a table has the columns' names, and which they are.
enum HeaderRule {
  /// Compares the first row with what is in the columns below it.
  static func hasHeader(_ survey: TableSurvey) -> Bool {
    guard survey.rowCount > 0 else { return false }
    let cells = survey.first.map { TableCell($0, allowsDecimalComma: survey.allowsDecimalComma) }
    func isWord(_ column: Int) -> Bool { if case .word = cells[column] { true } else { false } }
    let numeric = survey.columns.indices.filter { survey.columns[$0].isNumeric }
    if numeric.contains(where: isWord) || isRange(cells) || leavesIndexUnnamed(survey) { return true }
    if hasYears(cells), cells.indices.allSatisfy({ !survey.columns[$0].repeatsFirst }) { return true }
    // Where no column is of numbers, names are words that do not occur again.
    return numeric.isEmpty && cells.indices.allSatisfy { isWord($0) && !survey.columns[$0].repeatsFirst }
  }

  /// Whether a row is 0, 1, 2, …: pandas names columns so that have no names.
  static func isRange(_ cells: [TableCell]) -> Bool {
    cells.count >= 3
      && cells.enumerated().allSatisfy { place, cell in
        if case .number(let value) = cell { value == Float(place) } else { false }
      }
  }

  /// The columns' names in a first row: a column without one is called by its number.
  static func names(_ first: [ArraySlice<UInt8>]) -> [String] {
    let mark = UInt8(ascii: "'")
    let isQuoted = first.allSatisfy { $0.count >= 2 && $0.first == mark && $0.last == mark }
    return first.enumerated().map { place, field in
      field.isEmpty
        ? localized("column \(place + 1)")
        : String(decoding: isQuoted ? field.dropFirst().dropLast() : field, as: UTF8.self)
    }
  }

  /// Whether only the first field of the first row is empty, over a column without gaps: R and pandas give the names of
  /// rows no name.
  private static func leavesIndexUnnamed(_ survey: TableSurvey) -> Bool {
    let rest = survey.first.dropFirst()
    return survey.first[0].isEmpty && survey.columns[0].missing == 0 && !rest.contains(where: \.isEmpty)
      && Set(rest).count == rest.count
  }

  /// Whether the numbers in a row are years at equal distances, beside words.
  private static func hasYears(_ cells: [TableCell]) -> Bool {
    let years = cells.compactMap { cell in if case .number(let value) = cell { value } else { nil } }
    guard years.count >= 3, years.count < cells.count else { return false }
    let step = years[1] - years[0]
    return step >= 1 && years.allSatisfy { (1000..<3000).contains($0) && $0 == $0.rounded() }
      && zip(years, years.dropFirst()).allSatisfy { $1 - $0 == step }
  }
}
