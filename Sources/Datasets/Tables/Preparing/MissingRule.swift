import Localization

/// What becomes of rows in which a value is missing.
struct MissingRule {
  /// What became of rows in which a value was missing, in numbers of rows.
  struct Result: Equatable {
    /// Left out, as the user chose.
    var leftOut = 0
    /// Left out, since their target is missing.
    var withoutTarget = 0
    /// With the mean in place of a number.
    var withFilledNumber = 0
    /// With a word that is in no category.
    var withoutWord = 0
  }

  private let choice: TableOptions.Missing?
  private let source: String
  private let names: [String]

  init(_ choice: TableOptions.Missing?, source: String, names: [String]) {
    (self.choice, self.source, self.names) = (choice, source, names)
  }

  /// Leaves rows out, or leaves their numbers to be filled; returns what became of them.
  ///
  /// - Throws: `DatasetError.unsuitable` where a value is missing and the user has not chosen.
  func apply(to values: inout TableValues) throws(DatasetError) -> Result {
    guard let first = values.incomplete.first else { return Result() }
    let incomplete = values.incomplete
    var result = Result()
    switch choice {
    case nil:
      throw .unsuitable(
        FileDefect(
          .csv, source: source, at: .line(first.line, column: first.column + 1),
          expected: localized("a value of '\(names[first.column])'"),
          got: lack(values),
          advice: localized(
            "--missing drop leaves these rows out, --missing mean fills in the mean of the column; --drop leaves a column out."
          )))
    case .drop:
      result.leftOut = incomplete.count
      values.remove(Set(incomplete.map(\.row)))
    case .mean:
      let kept = incomplete.filter { !$0.lacksTarget }
      result.withoutTarget = incomplete.count - kept.count
      result.withFilledNumber = kept.count(where: \.lacksNumber)
      result.withoutWord = kept.count(where: \.lacksWord)
      values.remove(Set(incomplete.filter(\.lacksTarget).map(\.row)))
    }
    guard values.count > 0 else {
      throw .unsuitable(
        FileDefect(
          .csv, source: source, at: .whole, expected: localized("rows without a missing value"),
          got: localized("none"), advice: localized("Use --missing mean, or leave a column out with --drop."))
      )
    }
    return result
  }

  /// How many rows lack a value, and the columns that lack the most.
  private func lack(_ values: TableValues) -> String {
    let (rows, all) = (values.incomplete.count, values.count)
    let text =
      rows == 1
      ? localized("none; 1 of \(all) rows lacks a value")
      : localized("none; \(rows) of \(all) rows lack a value")
    let columns = values.missingCounts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard columns.count > 1 else { return text }
    let counts = columns.prefix(3).map { "'\(names[$0.key])' \($0.value)" }.joined(separator: ", ")
    return "\(text) (\(counts)\(columns.count > 3 ? ", …" : ""))"
  }
}
