/// Whether the first row of a table has the columns' names.
enum HeaderRule {
  /// Compares the first row with what is in the columns below it.
  static func hasHeader(_ survey: TableSurvey) -> Bool {
    guard survey.rowCount > 0 else { return false }
    let cells = survey.first.map { TableCell($0, allowsDecimalComma: survey.allowsDecimalComma) }
    func isWord(_ column: Int) -> Bool { if case .word = cells[column] { true } else { false } }
    let numeric = survey.columns.indices.filter { survey.columns[$0].isNumeric }
    if numeric.contains(where: isWord) || isRange(cells) { return true }
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
}
