import Localization

/// Decides how a table is read, from what is in it and what the user says.
struct TablePlanner {
  private let text: [UInt8]
  private let source: String
  private let options: TableOptions
  private let separator: TableSeparator
  private let survey: TableSurvey
  private let hasHeader: Bool
  private let names: [String]

  /// Columns of more words than this name their rows.
  private static let categoryLimit = 100

  init(_ text: [UInt8], source: String, options: TableOptions) throws(DatasetError) {
    (self.text, self.source, self.options) = (text, source, options)
    separator = options.separator ?? TableSeparator.find(in: text)
    survey = try TableSurvey(text, source: source, separator: separator)
    let first = HeaderRule.names(survey.first)
    let isNamed =
      if case .column(let name)? = options.target { first.contains(name) && Int(name) == nil } else { false }
    hasHeader =
      options.hasHeader ?? (survey.lacksFirstName || isNamed || HeaderRule.hasHeader(survey))
    names =
      hasHeader
      ? first
      : first.indices.map { localized("column \($0 + 1)") }
  }

  /// The plan.
  ///
  /// - Throws: `DatasetError.unsuitable` where the table has no such columns, or no target that can be learnt.
  func plan() throws(DatasetError) -> TablePlan {
    let rows = survey.rowCount + (hasHeader ? 0 : 1)
    guard rows > 0 else {
      throw unsuitable(expected: localized("a row after the header"), got: localized("none"))
    }
    let columns = columnsWithFirst
    var dropped: Set<Int> = []
    for name in options.drop { dropped.insert(try column(name, option: "--drop")) }
    let target = try targetColumn(columns, dropped)
    let words = columns.indices.filter {
      !columns[$0].isNumeric && !columns[$0].isEmpty && !dropped.contains($0)
    }
    let unnamed = columns.indices.filter { $0 != target && mayNameRows($0, columns[$0]) }
    let categories = try Categories(
      text, source: source, separator: separator, skipsFirst: hasHeader,
      columns: Set(words + unnamed + [target]),
      numeric: Set(unnamed + [target]).filter { columns[$0].isNumeric })
    let classes = categories.names(target) ?? []
    let hasTooManyClasses = columns[target].hasTooManyClasses(classes.count)
    let answersNumber = try answersNumber(columns[target], target, hasTooManyClasses: hasTooManyClasses)
    var (features, leftOut): ([TablePlan.Feature], [TablePlan.LeftOut]) = ([], [])
    for column in columns.indices where column != target {
      func leave(_ reason: TablePlan.LeftOut.Reason) {
        leftOut.append(TablePlan.LeftOut(column: column, name: names[column], reason: reason))
      }
      let found = categories.names(column)
      if dropped.contains(column) {
        leave(.userDropped)
      } else if columns[column].isEmpty {
        leave(.empty)
      } else if isRowNumber(column) {
        leave(.countsRows)
      } else if unnamed.contains(column), found?.count == rows {
        leave(.namesRows)
      } else if !columns[column].isNumeric, let found,
        let reason = reasonAgainst(found.count, rows: rows - columns[column].missing)
      {
        leave(reason)
      } else {
        features.append(
          TablePlan.Feature(
            column: column, name: names[column], categories: columns[column].isNumeric ? nil : found))
      }
    }
    guard !features.isEmpty else {
      throw unsuitable(
        expected: localized("a column of inputs beside the target '\(names[target])'"), got: localized("none")
      )
    }
    var plan = TablePlan(
      separator: separator, hasHeader: hasHeader,
      hasRangeHeader: hasHeader
        && HeaderRule.isRange(
          survey.first.map { TableCell($0, allowsDecimalComma: separator.allowsDecimalComma) }),
      names: names, features: features, targetColumn: target,
      answer: answersNumber ? .number : .classes(classes), leftOut: leftOut)
    plan.hasTooManyClasses = hasTooManyClasses && options.task == nil
    if options.target == nil { plan.likelyTarget = TargetAdvice.likelyTarget(features, columns) }
    return plan
  }

  /// What is in the columns, with the first row where it is one of the table.
  private var columnsWithFirst: [ColumnSurvey] {
    guard !hasHeader else { return survey.columns }
    return zip(survey.columns, survey.first).map { column, field in
      var column = column
      column.add(TableCell(field, allowsDecimalComma: separator.allowsDecimalComma))
      return column
    }
  }

  /// Whether the target is a number to come close to, and not a class.
  private func answersNumber(
    _ column: ColumnSurvey, _ place: Int, hasTooManyClasses: Bool
  ) throws(DatasetError) -> Bool {
    switch options.task {
    case .classification: return false
    case .regression:
      guard column.isNumeric else {
        throw unsuitable(
          expected: localized("numbers in the target '\(names[place])' for --task regression"),
          got: localized("words"))
      }
      return true
    case nil: return column.isNumeric && (column.fractions > 0 || hasTooManyClasses)
    }
  }

  private func targetColumn(
    _ columns: [ColumnSurvey], _ dropped: Set<Int>
  ) throws(DatasetError) -> Int {
    let used = columns.indices.filter { !columns[$0].isEmpty && !dropped.contains($0) }
    let place: Int?
    switch options.target {
    case .first: place = used.first
    case .last, nil: place = used.last
    case .column(let name):
      let named = try column(name, option: "--target")
      place = used.contains(named) ? named : nil
    }
    guard let place else {
      throw unsuitable(expected: localized("a target column with values"), got: localized("none"))
    }
    return place
  }

  /// The place of the column that a name or a number from 1 names.
  private func column(_ name: String, option: String) throws(DatasetError) -> Int {
    if hasHeader, let place = names.firstIndex(of: name) { return place }
    if let number = Int(name), names.indices.contains(number - 1) { return number - 1 }
    throw unsuitable(
      expected: localized("a column '\(name)', as \(option) says"),
      got: hasHeader
        ? names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        : localized("columns 1 to \(names.count), without names"))
  }

  /// Whether a column is the number of the row: one without a name, or called an index, that counts the rows from 0 or 1.
  private func isRowNumber(_ column: Int) -> Bool {
    let rest = survey.columns[column]
    guard rest.isCount, rest.numbers > 1, let begin = rest.begin else { return false }
    guard hasHeader else {
      // Where no column has a name, numbers of rows come first.
      guard column == 0, rest.numbers >= 10,
        case .number(let first) = TableCell(
          survey.first[column], allowsDecimalComma: separator.allowsDecimalComma)
      else { return false }
      return first == begin - 1 && (0...1).contains(first)
    }
    let name = String(decoding: survey.first[column], as: UTF8.self).lowercased()
    return (0...1).contains(begin) && ["", "id", "index", "rownames", "unnamed: 0"].contains(name)
  }

  /// Whether a column has no name in the header, and whole numbers or words without gaps.
  private func mayNameRows(_ place: Int, _ column: ColumnSurvey) -> Bool {
    hasHeader && survey.first[place].isEmpty && column.missing == 0 && column.fractions == 0
      && (column.words == 0 || !column.isNumeric)
  }

  /// Why so many words in a column tell rows apart, and nothing about them; nil where they are categories.
  private func reasonAgainst(_ words: Int, rows: Int) -> TablePlan.LeftOut.Reason? {
    guard words > TablePlanner.categoryLimit || words > 10 && words * 2 > rows else { return nil }
    return words == rows ? .wordsDiffer : .manyCategories(words)
  }

  private func unsuitable(expected: String, got: String) -> DatasetError {
    .unsuitable(
      FileDefect(
        .csv, source: source, at: .whole, expected: expected, got: got,
        advice: localized("--target and --drop name columns, by name or number.")))
  }
}
