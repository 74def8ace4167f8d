import Localization

/// Tables as text: one sample a line, numbers in all columns but the target's, which may have text.
public enum CSVFile {
  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The dataset's name, and the file's in an error.
  ///   - options: How to read it.
  /// - Returns: The rows as a dataset.
  /// - Throws: `DatasetError.malformed`, which names the line and the column.
  public static func read(
    _ bytes: [UInt8], source: String, options: CSVOptions = CSVOptions()
  ) throws(DatasetError) -> TableDataset {
    let separator = options.separator.rawValue.asciiValue ?? UInt8(ascii: ",")
    var lines = CSVLines(bytes: bytes, separator: separator, source: source)
    guard let first = try lines.next() else {
      throw lines.malformed(nil, localized("a row"), localized("an empty file"))
    }
    var table = try Table(first: first, lines: lines, options: options)
    if !table.hasHeader { try table.append(first, lines: lines) }
    while let row = try lines.next() { try table.append(row, lines: lines) }
    guard !table.labels.isEmpty else {
      throw lines.malformed(nil, localized("a row after the header"), localized("none"))
    }
    return try TableDataset(
      name: source, featureNames: table.featureNames, features: table.features,
      targets: try table.targets(source: source, target: options.target))
  }
}

/// The rows read so far.
private struct Table {
  let hasHeader: Bool
  let columnCount: Int
  let targetColumn: Int
  let featureNames: [String]
  var features: [Float] = []
  /// The target of each row, and the line it is on.
  var labels: [(text: ArraySlice<UInt8>, line: Int)] = []

  init(first: [ArraySlice<UInt8>], lines: CSVLines, options: CSVOptions) throws(DatasetError) {
    let names = first.map { String(decoding: $0, as: UTF8.self) }
    columnCount = first.count
    guard columnCount >= 2 else {
      throw lines.malformed(
        nil, localized("at least 2 columns separated by '\(options.separator.rawValue)'"),
        CSVLines.shown(first[0]))
    }
    switch options.targetColumn {
    case .last:
      targetColumn = columnCount - 1
      let inputs = first.dropLast()
      hasHeader = options.hasHeader ?? inputs.contains { !$0.isEmpty && CSVNumber.parse($0) == nil }
    case .named(let name):
      guard let column = names.firstIndex(of: name) else {
        throw lines.malformed(
          nil, localized("a column named '\(name)'"),
          names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : ""))
      }
      targetColumn = column
      hasHeader = true
    }
    let target = targetColumn
    let allNames = hasHeader ? names : names.indices.map { "column \($0 + 1)" }
    featureNames = allNames.indices.filter { $0 != target }.map { allNames[$0] }
  }

  mutating func append(_ row: [ArraySlice<UInt8>], lines: CSVLines) throws(DatasetError) {
    guard row.count == columnCount else {
      throw lines.malformed(nil, localized("\(columnCount) columns, as in the first line"), "\(row.count)")
    }
    for (column, field) in row.enumerated() where column != targetColumn {
      guard let value = CSVNumber.parse(field) else {
        throw lines.malformed(column + 1, localized("a finite number"), CSVLines.shown(field))
      }
      features.append(value)
    }
    guard !row[targetColumn].isEmpty else {
      throw lines.malformed(targetColumn + 1, localized("a target"), CSVLines.shown(row[targetColumn]))
    }
    labels.append((row[targetColumn], lines.lineNumber))
  }

  func targets(source: String, target: CSVOptions.Target) throws(DatasetError) -> TableDataset.Targets {
    switch target {
    case .values:
      var values: [Float] = []
      for (text, line) in labels {
        guard let value = CSVNumber.parse(text) else {
          throw malformed(source, line, localized("a finite number"), CSVLines.shown(text))
        }
        values.append(value)
      }
      return .values(values)
    case .classes:
      let texts = Set(labels.map { String(decoding: $0.text, as: UTF8.self) })
      return try classes(source: source, names: Self.sorted(texts))
    case .classesNamed(let names):
      return try classes(source: source, names: names)
    }
  }

  private func classes(source: String, names: [String]) throws(DatasetError) -> TableDataset.Targets {
    let numbers = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var targets: [Int] = []
    for (text, line) in labels {
      guard let number = numbers[String(decoding: text, as: UTF8.self)] else {
        throw malformed(
          source, line, localized("one of the classes \(names.prefix(20).joined(separator: ", "))"),
          CSVLines.shown(text)
        )
      }
      targets.append(number)
    }
    return .classes(targets, names: names)
  }

  /// By value if all are integers, so that 10 comes after 9; else by text.
  private static func sorted(_ names: Set<String>) -> [String] {
    let integers = names.compactMap { name in Int(name).map { (value: $0, name: name) } }
    guard integers.count == names.count else { return names.sorted() }
    return integers.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
  }

  private func malformed(
    _ source: String, _ line: Int, _ expected: String, _ got: String
  ) -> DatasetError {
    .malformed(
      FileDefect(
        .csv, source: source, at: .line(line, column: targetColumn + 1), expected: expected, got: got,
        advice: localized("Correct that line, or name another target column.")))
  }
}
