import Foundation
import GRDB
import Localization
import Trace

/// An open recording that is being written: the database, the right to write it, and what its tables hold.
struct RecordingDisk: Sendable {
  private let file: RecordingFile
  private let identity: RecordingFile.Identity?
  /// What the file was when it was last written here.
  private var mark: RecordingFile.Mark?
  private let lock: WriterLock
  private let database: DatabaseQueue
  private var tables: RunTables

  /// Makes a file, or opens one to resume it.
  ///
  /// - Throws: `RecordingError`.
  init(path: String, budget: RecordingBudget, existing: RecordingWriter.Existing) throws {
    let file = RecordingFile(path: path)
    self.file = file
    if existing == .resume, file.identity == nil {
      throw RecordingError.cannotRead(path: path, reason: "No such file or directory")
    }
    lock = try WriterLock(recording: path)
    let isNew = existing == .refuse || existing == .replace && file.isFree
    if isNew { try file.create() }
    do {
      switch existing {
      case .resume:
        try RecordingReader(path: path).checkForWriting()
        (database, tables) = try RecordingDisk.resume(file, budget)
      case .replace where !isNew:
        // What is there stays until the new file can be written.
        let part = try RecordingDisk.makePart(of: file)
        var opened: (DatabaseQueue, RunTables)?
        do {
          try FileExchange(part: part, target: file, replacing: true).run {
            opened = (try RecordingDisk.open(file, budget), RunTables(budget))
          }
        } catch {
          part.remove()
          throw error
        }
        guard let opened else {
          throw RecordingError.cannotWrite(path: path, reason: localized("it cannot be opened"))
        }
        (database, tables) = opened
      case .refuse, .replace:
        database = try RecordingDisk.open(file, budget)
        try database.write { try RecordingDisk.makeTables($0) }
        tables = RunTables(budget)
      }
    } catch {
      if isNew { file.remove() }
      if let defect = error as? StoredFields.Defect {
        throw RecordingError.damaged(
          RecordingDefect(path: path, place: defect.place, expected: defect.expected, got: defect.got))
      }
      throw error as? RecordingError ?? .cannotWrite(path: path, reason: reasonOf(error))
    }
    identity = file.identity
    mark = file.mark
  }

  private static func open(_ file: RecordingFile, _ budget: RecordingBudget) throws -> DatabaseQueue {
    try DatabaseQueue(path: RecordingFile.databasePath(file.path), configuration: configuration(budget))
  }

  private static func resume(
    _ file: RecordingFile, _ budget: RecordingBudget
  ) throws -> (DatabaseQueue, RunTables) {
    let queue = try open(file, budget)
    let tables = try queue.write { database in
      try database.run("DELETE FROM about WHERE name = 'finished'")
      for table in Schema.tables where try table.isOptional && !database.tableExists(table.name) {
        try database.execute(sql: table.definition)
      }
      return try RunTables(budget, database)
    }
    return (queue, tables)
  }

  /// An empty recording beside a file.
  private static func makePart(of file: RecordingFile) throws -> RecordingFile {
    if let obstacle = file.replacingObstacle { throw obstacle }
    let part = try FileExchange.makePart(of: file)
    do {
      try RepairWriter(part).close()
      return part
    } catch {
      part.remove()
      throw error
    }
  }

  /// What it takes on disk.
  var byteCount: Int { file.byteCount }

  /// Adds records in one transaction: all of them, or none.
  mutating func add(_ records: some Sequence<RunRecord> & Sendable) throws -> RunTables.Keyframes {
    if let loss { throw loss }
    let before = tables
    defer { mark = file.mark }
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

  /// What another program has done to the file since it was last written here; nil for nothing.
  private var loss: RecordingError? {
    guard file.identity == identity else { return .removed(path: file.path) }
    guard let now = file.mark, now != mark else { return nil }
    // Another program may also have done no more than bring the log into the file.
    let isSound = try? database.read { database in
      try String.fetchAll(database, sql: "PRAGMA quick_check(1)") == ["ok"]
    }
    return now.size < mark?.size ?? 0 || isSound != true ? .changed(path: file.path) : nil
  }

  /// Brings everything into the one file and closes it; what another program has done to it is returned.
  func close() -> RecordingError? {
    let loss = loss
    if loss == nil {
      // While another process reads, the log stays, and the last to close merges it.
      try? database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
      }
    }
    try? database.close()
    return loss
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
  if let error = error as? CocoaError {
    return (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
      ?? error.localizedDescription
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
