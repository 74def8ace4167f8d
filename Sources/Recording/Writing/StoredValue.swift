import Foundation
import GRDB

/// A real number as a recording holds it: SQLite has no NaN, so it is stored as the text `NaN`.
func storedReal(_ value: Double) -> DatabaseValue {
  value.isNaN ? "NaN".databaseValue : value.databaseValue
}

/// Bytes as SQLite takes them.
func storedBlob(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

extension Database {
  /// Executes a statement that is used again and again.
  func run(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) throws {
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
  }

  /// The bytes that the database takes, without pages that are free to be used again.
  func usedBytes() throws -> Int {
    let pages = try Int.fetchOne(cachedStatement(sql: "PRAGMA page_count")) ?? 0
    let free = try Int.fetchOne(cachedStatement(sql: "PRAGMA freelist_count")) ?? 0
    return (pages - free) * RecordingBudget.pageSize
  }
}
