import Localization

/// The rows of a table as numbers, as a plan says.
struct TableValues: Sendable {
  /// A row in which a value is missing.
  struct Incomplete: Sendable {
    /// The row, from 0.
    var row: Int
    /// The line it begins on.
    var line: Int
    /// The column of its first missing value, from 0.
    var column: Int
    /// Whether an input that is a number is missing.
    var lacksNumber = false
    /// Whether an input that is a word is missing.
    var lacksWord = false
    /// Whether its target is missing.
    var lacksTarget = false
  }

  /// The number of inputs of a row.
  let featureCount: Int
  /// The inputs, row after row; NaN where a number is missing.
  var features: [Float] = []
  /// The target of each row: the number of a class, or a number; NaN where it is missing.
  var targets: [Float] = []
  /// The rows in which a value is missing.
  var incomplete: [Incomplete] = []
  /// How many values are missing in each column that lacks some, by its place from 0.
  var missingCounts: [Int: Int] = [:]
  /// The number of rows.
  var count: Int { targets.count }

  /// Values without rows.
  init(featureCount: Int) { self.featureCount = featureCount }

  /// Reads the rows of a text.
  ///
  /// - Throws: `DatasetError.malformed` for a word in a column of numbers, a class that the plan does not have, or a row
  ///   of another length.
  init(_ text: [UInt8], source: String, plan: TablePlan) throws(DatasetError) {
    self.init(featureCount: plan.featureCount)
    var lines = CSVLines(bytes: text, separator: plan.separator.byte, source: source)
    if plan.hasHeader { _ = try lines.next() }
    let reader = RowReader(plan)
    while let row = try lines.next() {
      guard row.count == plan.names.count else {
        throw lines.malformed(
          nil, localized("\(plan.names.count) columns, as in the other rows"), "\(row.count)")
      }
      try append(row, lines, reader)
    }
  }

  private mutating func append(
    _ row: [ArraySlice<UInt8>], _ lines: CSVLines, _ reader: RowReader
  ) throws(DatasetError) {
    var missing: [Int] = []
    var found = Incomplete(row: count, line: lines.lineNumber, column: 0)
    for (feature, numbers) in reader.features {
      let cell = TableCell(row[feature.column], allowsDecimalComma: reader.allowsDecimalComma)
      if case .missing = cell { missing.append(feature.column) }
      guard let numbers else {
        switch cell {
        case .number(let value): features.append(value)
        case .missing:
          features.append(.nan)
          found.lacksNumber = true
        case .word: throw reader.wordAmongNumbers(row, feature.column, lines)
        }
        continue
      }
      let start = features.count
      features.append(contentsOf: repeatElement(0, count: feature.width))
      if case .missing = cell {
        found.lacksWord = true
        continue
      }
      if let number = numbers[String(decoding: row[feature.column], as: UTF8.self)] {
        features[start + number] = 1
      }
    }
    let target = try reader.target(row, lines)
    if target.isNaN { missing.append(reader.targetColumn) }
    if let first = missing.first {
      found.column = first
      found.lacksTarget = target.isNaN
      incomplete.append(found)
      for column in missing { missingCounts[column, default: 0] += 1 }
    }
    targets.append(target)
  }

  /// Leaves out rows.
  mutating func remove(_ rows: Set<Int>) {
    guard !rows.isEmpty else { return }
    let kept = targets.indices.filter { !rows.contains($0) }
    features = kept.flatMap { features[$0 * featureCount..<($0 + 1) * featureCount] }
    targets = kept.map { targets[$0] }
    (incomplete, missingCounts) = ([], [:])
  }
}

/// A plan with what makes it quick to follow.
private struct RowReader {
  let features: [(feature: TablePlan.Feature, numbers: [String: Int]?)]
  let targetColumn: Int
  let allowsDecimalComma: Bool
  private let names: [String]
  private let classes: [String: Int]?
  private let classNames: [String]
  private let isNumeric: Bool

  init(_ plan: TablePlan) {
    func numbers(_ names: [String]) -> [String: Int] {
      Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    features = plan.features.map { ($0, $0.categories.map(numbers)) }
    targetColumn = plan.targetColumn
    names = plan.names
    allowsDecimalComma = plan.separator.allowsDecimalComma
    if case .classes(let names) = plan.answer {
      (classes, classNames) = (numbers(names), names)
      isNumeric = names.allSatisfy { Double($0) != nil }
    } else {
      (classes, classNames, isNumeric) = (nil, [], true)
    }
  }

  /// A word in a column of numbers: a mistake, or a column to leave out.
  func wordAmongNumbers(_ row: [ArraySlice<UInt8>], _ column: Int, _ lines: CSVLines) -> DatasetError {
    let name = names[column]
    let option = name == localized("column \(column + 1)") ? "\(column + 1)" : name
    let isPlain = option.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    let argument = isPlain ? option : "\"" + option + "\""
    return .unsuitable(
      FileDefect(
        .csv, source: lines.source, at: .line(lines.lineNumber, column: column + 1),
        expected: localized("a finite number in '\(name)'"), got: CSVLines.shown(row[column]),
        advice: localized("Correct that line, or leave the column out: --drop \(argument)")))
  }

  /// The target of a row; NaN where it is missing.
  func target(_ row: [ArraySlice<UInt8>], _ lines: CSVLines) throws(DatasetError) -> Float {
    let field = row[targetColumn]
    guard let classes else {
      switch TableCell(field, allowsDecimalComma: allowsDecimalComma) {
      case .number(let value): return value
      case .missing: return .nan
      case .word: throw wordAmongNumbers(row, targetColumn, lines)
      }
    }
    let word = Categories.word(field, isNumeric: isNumeric, allowsDecimalComma: allowsDecimalComma)
    guard let word else { return .nan }
    guard let number = classes[word] else {
      throw lines.malformed(
        targetColumn + 1,
        localized("one of the classes \(classNames.prefix(20).joined(separator: ", "))"),
        CSVLines.shown(field))
    }
    return Float(number)
  }
}
