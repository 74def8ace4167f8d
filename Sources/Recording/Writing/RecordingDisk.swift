import GRDB
import Localization
import Trace

/// An open recording that is being written: the database, the right to write it, and what its tables hold.
struct RecordingDisk: Sendable {
  private let file: RecordingFile
  private let identity: RecordingFile.Identity?
  private let lock: WriterLock
  private let database: DatabaseQueue
  private var tables: RunTables

  /// Makes a file, or opens one to resume it.
  ///
  /// - Throws: `RecordingError`.
  init(path: String, budget: RecordingBudget, existing: RecordingWriter.Existing) throws {
    file = RecordingFile(path: path)
    if existing == .resume, file.identity == nil {
      throw RecordingError.cannotRead(path: path, reason: "No such file or directory")
    }
    lock = try WriterLock(recording: path)
    if existing != .resume { try file.create(replacing: existing == .replace) }
    do {
      if existing == .resume { try RecordingReader(path: path).checkForWriting() }
      database = try DatabaseQueue(
        path: RecordingFile.databasePath(path), configuration: RecordingDisk.configuration(budget))
      tables = try database.write { database in
        guard existing != .resume else {
          try database.run("DELETE FROM about WHERE name = 'finished'")
          for table in Schema.tables where try table.isOptional && !database.tableExists(table.name) {
            try database.execute(sql: table.definition)
          }
          return try RunTables(budget, database)
        }
        try RecordingDisk.makeTables(database)
        return RunTables(budget)
      }
    } catch {
      if existing != .resume { file.remove() }
      if let defect = error as? StoredFields.Defect {
        throw RecordingError.damaged(
          RecordingDefect(path: path, place: defect.place, expected: defect.expected, got: defect.got))
      }
      throw error as? RecordingError ?? .cannotWrite(path: path, reason: reasonOf(error))
    }
    identity = file.identity
  }

  /// What it takes on disk.
  var byteCount: Int { file.byteCount }

  /// Adds records in one transaction: all of them, or none.
  mutating func add(_ records: some Sequence<RunRecord> & Sendable) throws -> RunTables.Keyframes {
    guard file.identity == identity else { throw RecordingError.removed(path: file.path) }
    let before = tables
    let (after, keyframes) = try database.write { database in
      var tables = before
      let keyframes = try tables.add(records, database)
      return (tables, keyframes)
    }
    tables = after
    if file.byteCount > tables.budget.total {
      // A reader who looks just now may hold the log; then it is for the next time.
      try? database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
    return keyframes
  }

  /// Brings everything into the one file and closes it.
  func close() {
    if file.identity == identity {
      // While another process reads, the log stays, and the last to close merges it.
      try? database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
      }
    }
    try? database.close()
  }

  /// Makes the tables of an empty file.
  static func makeTables(_ database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(RecordingFormat.applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(RecordingFormat.version)")
    for table in Schema.tables { try database.execute(sql: table.definition) }
    try database.run(Schema.about.insertion, ["requires", RecordingFormat.neededProgram])
  }

  private static func configuration(_ budget: RecordingBudget) -> Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(2)
    configuration.prepareDatabase { database in
      for pragma in [
        "page_size = \(RecordingBudget.pageSize)", "synchronous = NORMAL", "secure_delete = OFF",
        "trusted_schema = OFF", "cell_size_check = ON", "wal_autocheckpoint = \(budget.logPages)",
        "journal_size_limit = \(budget.logPages * RecordingBudget.pageSize)",
      ] {
        try database.execute(sql: "PRAGMA \(pragma)")
      }
    }
    return configuration
  }
}

/// Why the database failed, as a clause.
func reasonOf(_ error: any Error) -> String {
  if let defect = error as? StoredFields.Defect {
    return localized("it is damaged at \(defect.place): expected \(defect.expected), got \(defect.got)")
  }
  if let defect = error as? Packing.Defect {
    return localized("it is damaged: expected \(defect.expected), got \(defect.got)")
  }
  guard let error = error as? DatabaseError else { return "\(error)" }
  return switch error.resultCode {
  case .SQLITE_FULL: localized("the disk is full")
  case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: localized("it may not be written")
  case .SQLITE_CANTOPEN: localized("it cannot be opened")
  case .SQLITE_IOERR: localized("the disk fails to read or write (\(error.extendedResultCode.rawValue))")
  case .SQLITE_BUSY, .SQLITE_LOCKED: localized("another program holds it")
  case .SQLITE_CORRUPT, .SQLITE_NOTADB: localized("it is damaged")
  default: error.message ?? localized("SQLite's error \(error.resultCode.rawValue)")
  }
}
