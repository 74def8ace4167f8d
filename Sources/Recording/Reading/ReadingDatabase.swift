import Foundation
import GRDB
import GRDBSQLite
import Localization
import Synchronization

/// A recording's database, opened for reading only, with bounds on time and memory for every question.
final class ReadingDatabase: Sendable {
  /// **Units**: seconds that one question may take.
  private static let timeLimit = 10.0

  let path: String
  private let file: RecordingFile
  private let queue: DatabaseQueue
  private let deadline: Deadline
  private let unpacked = Mutex(0)
  /// What the file was copied to, where its own folder cannot be written; it goes with this.
  private let copy: TemporaryCopy?

  /// Opens a file as it is.
  ///
  /// - Throws: `RecordingError.cannotRead` or `notARecording`.
  convenience init(path: String) throws {
    let file = RecordingFile(path: path)
    if let obstacle = file.readingObstacle { throw obstacle }
    do {
      try self.init(path: path, opening: path, copy: nil)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      // SQLite needs files of its own beside one that is being written or was left by a killed process.
      let copy = try TemporaryCopy(of: path)
      do { try self.init(path: path, opening: copy.path, copy: copy) } catch let error as DatabaseError {
        throw RecordingError.cannotRead(path: path, reason: reasonOf(error))
      }
    } catch let error as DatabaseError {
      guard [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) else {
        throw RecordingError.cannotRead(path: path, reason: reasonOf(error))
      }
      throw error.resultCode == .SQLITE_NOTADB
        ? RecordingError.notARecording(path: path, got: localized("bytes that are not a database"))
        : .damaged(
          RecordingDefect(
            path: path, place: localized("its pages"), expected: localized("a whole database"),
            got: localized("one cut short or overwritten"))
        )
    }
  }

  private init(path: String, opening opened: String, copy: TemporaryCopy?) throws {
    self.path = path
    file = RecordingFile(path: opened)
    self.copy = copy
    let deadline = Deadline()
    self.deadline = deadline
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(2)
    // One is left open by `asOfNow`.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      deadline.attach(to: database)
      for pragma in ["trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"] {
        try database.execute(sql: "PRAGMA \(pragma)")
      }
    }
    queue = try DatabaseQueue(path: RecordingFile.databasePath(opened), configuration: configuration)
    deadline.set(in: ReadingDatabase.timeLimit)
    _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
  }

  /// Asks one question within bounds; whatever goes wrong comes out as a `RecordingError` that names the place.
  ///
  /// - Parameters:
  ///   - place: What is read.
  ///   - seconds: The time that it may take.
  ///   - body: Reads.
  /// - Returns: What `body` read.
  /// - Throws: `RecordingError`.
  func read<Value>(
    _ place: String, within seconds: Double = timeLimit,
    _ body: (Database, ReadAllowance) throws -> Value
  ) throws(RecordingError) -> Value {
    do {
      return try queue.read { database in
        deadline.set(in: seconds)
        let allowance = ReadAllowance(
          bytes: file.byteCount + 1 << 16, room: unpackedLimit, work: workLimit)
        defer { unpacked.withLock { $0 += allowance.unpacked } }
        return try body(database, allowance)
      }
    } catch let error as RecordingError {
      throw error
    } catch let error as StoredFields.Defect {
      throw .damaged(
        RecordingDefect(path: path, place: error.place, expected: error.expected, got: error.got))
    } catch let error as Packing.Defect {
      throw .damaged(RecordingDefect(path: path, place: place, expected: error.expected, got: error.got))
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_TOOBIG, .SQLITE_ERROR:
        throw .damaged(
          RecordingDefect(
            path: path, place: place, expected: localized("whole pages"),
            got: error.message ?? localized("damaged ones")))
      case .SQLITE_INTERRUPT:
        throw .damaged(
          RecordingDefect(
            path: path, place: place, expected: localized("an answer within \(Int(seconds)) seconds"),
            got: localized("none")))
      default: throw .cannotRead(path: path, reason: reasonOf(error))
      }
    } catch {
      throw .cannotRead(path: path, reason: reasonOf(error))
    }
  }

  /// Answers all questions of some work from the file as it is now, whatever another process writes meanwhile.
  func asOfNow<Value>(_ work: () throws -> Value) rethrows -> Value {
    deadline.set(in: ReadingDatabase.timeLimit)
    queue.inDatabase { database in
      // Where this fails, each question is answered as the file is then.
      try? database.beginTransaction(.deferred)
      _ = try? Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
    }
    defer { queue.inDatabase { try? $0.rollback() } }
    return try work()
  }

  /// **Units**: bytes that one keyframe, whole step, graph or chunk of numbers of a small file may unpack to.
  private static let leastRoom = 32 << 20
  /// **Units**: bytes that all rows of a small file may unpack to, as far as one question or command reads them.
  private static let leastWork = 160 << 20

  /// **Units**: bytes that one keyframe, whole step, graph or chunk of numbers may unpack to: nothing that is compressed
  /// more is a model.
  var unpackedLimit: Int { min(8 << 30, max(ReadingDatabase.leastRoom, file.byteCount * 16)) }

  /// **Units**: bytes that all rows together may unpack to, as far as one question or command reads them.
  var workLimit: Int { max(ReadingDatabase.leastWork, file.byteCount * 64) }

  /// **Units**: bytes that all questions until now have unpacked.
  var unpackedBytes: Int { unpacked.withLock(\.self) }
}

/// When the question that a connection works on must be answered.
private final class Deadline: Sendable {
  private let end = Mutex(0.0)

  func set(in seconds: Double) { end.withLock { $0 = Deadline.now + seconds } }

  /// Ends questions that take too long.
  func attach(to database: Database) {
    // The database's queue outlives its connection's last question, and holds this in its configuration.
    sqlite3_progress_handler(
      database.sqliteConnection, 1_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private var isOver: Bool { end.withLock { Deadline.now > $0 } }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
