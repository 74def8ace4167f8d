import Localization
import TOMLKit

/// A configuration file as it is written, before anything is known of its keys.
package struct ConfigurationFile: Sendable {
  /// A key and its value.
  package struct Entry: Sendable {
    /// The names of the tables that it is in, and its own.
    package let path: [String]
    /// Its value.
    package let value: TOMLLiteral
    /// Where the key is.
    package let keyPlace: TextPlace
    /// Where the value is.
    package let valuePlace: TextPlace
  }

  /// **Units**: bytes. The parser descends by one call for each name of a dotted key.
  private static let longestKey = 4_096

  /// The file.
  package let path: String
  /// Its keys, in the order of the file.
  package let entries: [Entry]

  /// A file with no keys.
  package init(path: String) { (self.path, entries) = (path, []) }

  /// Reads the text of a file.
  ///
  /// - Throws: ``ConfigurationError`` where it is not TOML.
  package init(path: String, text: String) throws {
    self.path = path
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if let long = lines.firstIndex(where: {
      $0.prefix { $0 != UInt8(ascii: "=") }.count > ConfigurationFile.longestKey
    }) {
      let reason = "a key of more than \(ConfigurationFile.longestKey) bytes"
      throw ConfigurationError(
        localized("This is not TOML: \(reason)."), in: path, at: TextPlace(line: long + 1, column: 1))
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      throw ConfigurationError(
        localized("This is not TOML: \(error.description)."), in: path,
        at: TextPlace(line: begin.line, column: begin.column))
    }
    let places = TOMLPlaces(text)
    let start = TextPlace(line: 1, column: 1)
    entries = ConfigurationFile.leaves(of: table).map { path, value in
      let entry = places.entry(path)
      return Entry(
        path: path, value: value, keyPlace: entry?.key ?? start, valuePlace: entry?.value ?? start)
    }
    .sorted { $0.keyPlace < $1.keyPlace }
  }

  /// The value of a key that is in no table.
  package func value(_ name: String) -> TOMLLiteral? { entries.first { $0.path == [name] }?.value }

  /// The keys with values of all tables. An empty table is listed itself.
  private static func leaves(of root: TOMLTable) -> [(path: [String], value: TOMLLiteral)] {
    var leaves: [(path: [String], value: TOMLLiteral)] = []
    var rest: [(path: [String], table: TOMLTable)] = [([], root)]
    while let (path, table) = rest.popLast() {
      if table.keys.isEmpty, !path.isEmpty { leaves.append((path, .other("{}"))) }
      for key in table.keys {
        guard let value = table[key] else { continue }
        if value.type == .table, let inner = value.table {
          rest.append((path + [key], inner))
        } else {
          leaves.append((path + [key], literal(value)))
        }
      }
    }
    return leaves
  }

  private static func literal(_ value: any TOMLValueConvertible) -> TOMLLiteral {
    switch value.type {
    case .string: value.string.map { .string($0) } ?? .other("")
    case .int: value.int.map { .integer($0) } ?? .other("")
    case .double: value.double.map { .number($0) } ?? .other("")
    case .bool: value.bool.map { .flag($0) } ?? .other("")
    case .array:
      // Lists in lists mean nothing here; of those, only the text is kept.
      .list(
        (value.array.map { array in array.map { $0 } } ?? []).map {
          $0.type == .array || $0.type == .table ? .other($0.debugDescription) : literal($0)
        })
    case .table: .other("{…}")
    default: .other(value.debugDescription)
    }
  }
}
