import Localization

/// What becomes of rows in which a value is missing.
struct MissingRule {
  private let choice: TableOptions.Missing?
  private let source: String
  private let names: [String]

  init(_ choice: TableOptions.Missing?, source: String, names: [String]) {
    (self.choice, self.source, self.names) = (choice, source, names)
  }

  /// Leaves rows out, or leaves their numbers to be filled; returns how many rows are concerned.
  ///
  /// - Throws: `DatasetError.unsuitable` where a value is missing and the user has not chosen.
  func apply(to values: inout TableValues) throws(DatasetError) -> Int {
    guard let first = values.incomplete.first else { return 0 }
    let concerned = values.incomplete.count
    switch choice {
    case nil:
      throw .unsuitable(
        FileDefect(
          .csv, source: source, at: .line(first.line, column: first.column + 1),
          expected: localized("a value of '\(names[first.column])'"),
          got: localized("none; \(concerned) of \(values.count) rows lack a value"),
          advice: localized(
            "--missing drop leaves these rows out, --missing mean fills in the mean of the column; --drop leaves a column out."
          )))
    case .drop: values.remove(Set(values.incomplete.map(\.row)))
    case .mean: values.remove(Set(values.incomplete.filter(\.lacksTarget).map(\.row)))
    }
    guard values.count > 0 else {
      throw .unsuitable(
        FileDefect(
          .csv, source: source, at: .whole, expected: localized("rows without a missing value"),
          got: localized("none"), advice: localized("Use --missing mean, or leave a column out with --drop."))
      )
    }
    return concerned
  }
}
