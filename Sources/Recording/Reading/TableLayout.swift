import GRDB
import Localization

/// How a table of the format is laid out in a file: as this program makes it, or as another program did.
///
/// A table is read if it has the columns of the format, in whatever order and however it was written down. All of them
/// must be stored: a view, a virtual table or a computed column could run anything when it is read.
struct TableLayout: Sendable {
  /// Whether it was made by the statement of this program.
  let isOurs: Bool
  /// Whether SQLite numbers its rows.
  let numbersRows: Bool

  /// The tables of a file that can be read, by name, and what is wrong with the others.
  static func all(
    _ connection: Database, path: String
  ) throws -> (layouts: [String: TableLayout], defects: [RecordingDefect]) {
    var definitions: [String: String] = [:]
    let rows = try Row.fetchCursor(
      connection, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 LIMIT 1000")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "sqlite_schema")
      let name = try fields.text()
      definitions[name.lowercased()] = try fields.optionalText()
    }
    var layouts: [String: TableLayout] = [:]
    var defects: [RecordingDefect] = []
    for table in Schema.tables {
      func find(expected: String, got: String) {
        defects.append(
          RecordingDefect(path: path, place: "the table '\(table.name)'", expected: expected, got: got))
      }
      guard let definition = definitions[table.name] else {
        if table.isOptional { continue }
        find(expected: localized("the columns of format 1"), got: localized("no such table"))
        continue
      }
      let isOurs = definition == table.definition
      if !isOurs {
        let stored = try storedColumns(of: table, connection)
        if let missing = table.columnNames.first(where: { !stored.contains($0) }) {
          find(expected: localized("a stored column '\(missing)'"), got: localized("none"))
          continue
        }
      }
      layouts[table.name] = TableLayout(
        isOurs: isOurs,
        numbersRows: isOurs || (try? connection.makeStatement(sql: "SELECT rowid FROM \(table.name)")) != nil)
    }
    return (layouts, defects)
  }

  /// The names of the columns that are neither computed nor hidden.
  private static func storedColumns(of table: Schema.Table, _ connection: Database) throws -> Set<String> {
    let rows = try Row.fetchCursor(
      connection, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", arguments: [table.name])
    var names: Set<String> = []
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "sqlite_schema")
      names.insert(try fields.text().lowercased())
    }
    return names
  }
}
