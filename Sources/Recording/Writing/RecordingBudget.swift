/// What each part of a recording may take.
struct RecordingBudget: Sendable, Equatable {
  /// **Units**: bytes. The file with its log.
  let total: Int

  /// A budget; below 512 KB there would be no room for anything.
  init(_ total: Int) { self.total = max(1 << 19, total) }

  /// The log is written back when it has this many pages.
  var logPages: Int { min(256, max(16, total / 64 / RecordingBudget.pageSize)) }

  /// What the database may take while a transaction of this many bytes is in the log.
  ///
  /// A part is left for transactions that thin: they touch many pages.
  func database(transaction: Int) -> Int {
    total - logPages * RecordingBudget.pageSize - transaction - transaction / 64 - total / 64
      - min(1 << 17, total / 8)
  }

  /// What the full blocks of steps may take; the one that grows takes up to 50 kB more.
  var scalars: Int { total / 2 - min(1 << 17, total / 8) }
  /// How many steps are kept in full.
  var scalarRows: Int { 1_000_000 }
  var thumbnails: Int { total / 10 }
  /// What steps that are recorded whole may take.
  var wholeSteps: Int { RecordingBudget.wholeSteps(of: total) }
  /// What whole steps may take of a budget.
  static func wholeSteps(of total: Int) -> Int { total * 3 / 8 }
  var graphs: Int { total / 16 }
  var events: Int { total / 32 }
  /// How many epochs are kept: each takes about 45 bytes.
  var epochs: Int { min(8_192, max(256, total / 4_096)) }
  /// How many hashes are kept: each takes about 14 bytes, and up to three times as much where others are thinned.
  var hashes: Int { max(1_024, total / 900) }
  /// How many keyframes are kept, however small.
  var keyframes: Int { 4_096 }

  /// The size of SQLite's pages.
  static let pageSize = 4_096
}
