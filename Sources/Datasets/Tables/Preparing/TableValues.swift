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
    /// Whether its target is missing.
    var lacksTarget: Bool
  }

  /// The number of inputs of a row.
  let featureCount: Int
  /// The inputs, row after row; NaN where a number is missing.
  var features: [Float] = []
  /// The target of each row: the number of a class, or a number; NaN where it is missing.
  var targets: [Float] = []
  /// The rows in which a value is missing.
  var incomplete: [Incomplete] = []
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
    var missing: Int?
    for (feature, numbers) in reader.features {
      let cell = TableCell(row[feature.column], allowsDecimalComma: reader.allowsDecimalComma)
      if case .missing = cell { missing = missing ?? feature.column }
      guard let numbers else {
        switch cell {
        case .number(let value): features.append(value)
        case .missing: features.append(.nan)
        case .word:
          throw lines.malformed(
            feature.column + 1, localized("a finite number"), CSVLines.shown(row[feature.column]))
        }
        continue
      }
      let start = features.count
      features.append(contentsOf: repeatElement(0, count: feature.width))
      if case .missing = cell { continue }
      if let number = numbers[String(decoding: row[feature.column], as: UTF8.self)] {
        features[start + number] = 1
      }
    }
    let target = try reader.target(row, lines)
    if target.isNaN { missing = missing ?? reader.targetColumn }
    if let missing {
      incomplete.append(
        Incomplete(row: count, line: lines.lineNumber, column: missing, lacksTarget: target.isNaN))
    }
    targets.append(target)
  }

  /// Leaves out rows.
  mutating func remove(_ rows: Set<Int>) {
    guard !rows.isEmpty else { return }
    let kept = targets.indices.filter { !rows.contains($0) }
    features = kept.flatMap { features[$0 * featureCount..<($0 + 1) * featureCount] }
    targets = kept.map { targets[$0] }
    incomplete = []
  }
}

/// A plan with what makes it quick to follow.
private struct RowReader {
  let features: [(feature: TablePlan.Feature, numbers: [String: Int]?)]
  let targetColumn: Int
  let allowsDecimalComma: Bool
  private let classes: [String: Int]?
  private let classNames: [String]
  private let isNumeric: Bool

  init(_ plan: TablePlan) {
    func numbers(_ names: [String]) -> [String: Int] {
      Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    features = plan.features.map { ($0, $0.categories.map(numbers)) }
    targetColumn = plan.targetColumn
    allowsDecimalComma = plan.separator.allowsDecimalComma
    if case .classes(let names) = plan.answer {
      (classes, classNames) = (numbers(names), names)
      isNumeric = names.allSatisfy { Double($0) != nil }
    } else {
      (classes, classNames, isNumeric) = (nil, [], true)
    }
  }

  /// The target of a row; NaN where it is missing.
  func target(_ row: [ArraySlice<UInt8>], _ lines: CSVLines) throws(DatasetError) -> Float {
    let field = row[targetColumn]
    guard let classes else {
      switch TableCell(field, allowsDecimalComma: allowsDecimalComma) {
      case .number(let value): return value
      case .missing: return .nan
      case .word:
        throw lines.malformed(targetColumn + 1, localized("a finite number"), CSVLines.shown(field))
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
