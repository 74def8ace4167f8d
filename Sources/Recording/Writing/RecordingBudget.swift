/// What each part of a recording may take.
struct RecordingBudget: Sendable, Equatable {
  /// **Units**: bytes. The file with its log.
  let total: Int

  /// A budget; below 256 KB there would be no room for anything.
  init(_ total: Int) { self.total = max(1 << 18, total) }

  /// The log is written back when it has so many pages.
  var logPages: Int { min(256, max(16, total / 64 / RecordingBudget.pageSize)) }

  /// What the database may take while a transaction of so many bytes is in the log.
  func database(transaction: Int) -> Int {
    total - logPages * RecordingBudget.pageSize - transaction - transaction / 64 - (1 << 16)
  }

  /// What the numbers of iterations may take.
  var scalars: Int { total / 2 }
  /// How many iterations are kept in full.
  var scalarRows: Int { 1_000_000 }
  var thumbnails: Int { total / 8 }
  var graphs: Int { total / 8 }
  var events: Int { total / 16 }
  /// How many hashes are kept: each takes about 14 bytes.
  var hashes: Int { max(1_024, total / 448) }
  /// How many keyframes are kept, however small.
  var keyframes: Int { 4_096 }

  /// The size of SQLite's pages.
  static let pageSize = 4_096
}
