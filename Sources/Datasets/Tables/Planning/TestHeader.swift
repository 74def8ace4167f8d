import Localization

/// How the columns of a second table, which validates, are those of the first.
enum TestHeader {
  /// The plan for a second table: columns are found by their names where it has names, else by their places.
  ///
  /// - Throws: `DatasetError.unsuitable` where it has names, but lacks one that is needed.
  static func plan(
    _ plan: TablePlan, for text: [UInt8], source: String, hasHeader: Bool?
  ) throws(DatasetError) -> TablePlan {
    var lines = CSVLines(bytes: text, separator: plan.separator.byte, source: source)
    guard let first = try lines.next() else { return plan }
    let separator = TableSeparator.find(in: text)
    if first.count == 1, separator != plan.separator {
      var plan = plan
      plan.separator = separator
      return try self.plan(plan, for: text, source: source, hasHeader: hasHeader)
    }
    var result = plan
    guard plan.hasHeader else {
      result.hasHeader = hasHeader ?? hasNames(first, plan)
      return result
    }
    let names = HeaderRule.names(first)
    // R gives the column of row names no name.
    if names == plan.names || names == Array(plan.names.dropFirst()) { return plan }
    let needed = plan.features.map(\.name) + [plan.targetName]
    guard let missing = needed.first(where: { !names.contains($0) }) else {
      return Set(needed).count == needed.count ? moved(plan, to: names) : plan
    }
    if hasHeader == true { return plan }
    guard hasNames(first, plan) || needed.count(where: names.contains) * 2 > needed.count else {
      result.hasHeader = false
      return result
    }
    throw .unsuitable(
      FileDefect(
        .csv, source: source, at: .line(lines.lineNumber, column: nil),
        expected: localized("a column '\(missing)', as in the table that is trained on"),
        got: TableSummary.list(names), advice: localized("Name the columns as there.")))
  }

  /// Whether a row has words where the plan has numbers.
  private static func hasNames(_ row: [ArraySlice<UInt8>], _ plan: TablePlan) -> Bool {
    guard row.count == plan.names.count else { return false }
    return plan.features.contains { feature in
      guard feature.categories == nil else { return false }
      let cell = TableCell(row[feature.column], allowsDecimalComma: plan.separator.allowsDecimalComma)
      return if case .word = cell { true } else { false }
    }
  }

  private static func moved(_ plan: TablePlan, to names: [String]) -> TablePlan {
    var result = plan
    result.names = names
    result.features = plan.features.map { feature in
      var feature = feature
      feature.column = names.firstIndex(of: feature.name) ?? feature.column
      return feature
    }
    result.targetColumn = names.firstIndex(of: plan.targetName) ?? plan.targetColumn
    return result
  }
}
