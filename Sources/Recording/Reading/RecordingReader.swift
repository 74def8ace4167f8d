import Foundation
import GRDB
import Synchronization
import Trace

/// Reads a recording, also while another process writes it. Nothing in the file is trusted.
///
/// A question about a damaged part throws; the others are answered.
public final class RecordingReader: RunArchive {
  public let path: String
  public let origin: RunOrigin
  let database: ReadingDatabase
  private let tables: Set<String>
  private let found: Mutex<[RecordingDefect]>
  private let known = Mutex((lastIteration: 0, keyframes: [Int]()))
  private let graphs = Mutex([Int: ComputationGraph]())

  /// Opens a recording.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: `RecordingError`, where it is no recording, of a later version, or damaged at its head.
  public init(path: String) throws {
    self.path = path
    database = try ReadingDatabase(path: path)
    let (tables, defects) = try database.read("its head") { connection, _ in
      try RecordingReader.checkFormat(connection, path: path)
      return try RecordingReader.checkTables(connection, path: path)
    }
    self.tables = tables
    found = Mutex(defects)
    guard tables.contains(Schema.about.name) else {
      throw defects.first.map { .damaged($0) }
        ?? RecordingError.notARecording(path: path, got: "no table 'about'")
    }
    origin = try database.read("origin") { connection, allowance in
      try RecordingReader.origin(connection, allowance, path: path)
    }
  }

  /// What was found wrong in the file until now.
  public var defects: [RecordingDefect] { found.withLock { $0 } }

  /// Whether another process is writing the file.
  public var isBeingWritten: Bool { WriterLock.isHeld(recording: path) }

  /// What the file has beside tables, such as triggers and views: a recording has none.
  var foreign: StoredFields.Defect? {
    get throws {
      try database.read("its schema") { connection, _ in
        let kind = try String.fetchOne(
          connection, sql: "SELECT type FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1")
        return kind.map {
          StoredFields.Defect(place: "its schema", expected: "tables only", got: "a \($0) as well")
        }
      }
    }
  }

  /// Whether it can be gone on with: writing into tables that are others could set off anything.
  ///
  /// - Throws: `RecordingError.damaged`.
  func checkForWriting() throws {
    if let defect = defects.first { throw RecordingError.damaged(defect) }
    if let foreign = try foreign { throw foreign }
  }

  /// Whether something of it stands in a log beside the file, as while it is written or after a writer was killed.
  public var hasLog: Bool { RecordingFile(path: path).hasLog }

  /// Whether the run came to its end.
  public var isFinished: Bool {
    (try? database.read("about") { connection, _ in
      try Row.fetchOne(connection, sql: "SELECT 1 FROM about WHERE name = 'finished'") != nil
    }) ?? false
  }

  /// What SQLite counts up whenever another process has written: where it is the same, nothing is new.
  public var dataVersion: Int {
    (try? database.read("its version") { connection, _ in
      try Int.fetchOne(connection, sql: "PRAGMA data_version") ?? 0
    }) ?? 0
  }

  /// As far as the run was recorded: where the numbers of the last iterations are lost, as far as a state was.
  public var lastIteration: Int {
    let numbers = endOfNumbers
    let limit = stateLimit(after: numbers)
    // A state stands at the start of its iteration: the one before it is done.
    let states = [Schema.hashes, Schema.keyframes].compactMap { table in
      end(of: table, "SELECT max(iteration) FROM \(table.name) WHERE iteration <= \(limit)").map { $0 - 1 }
    }
    let last = ([numbers].compactMap(\.self) + states).max()
    return known.withLock { known in
      known.lastIteration = last ?? known.lastIteration
      return known.lastIteration
    }
  }

  /// How far states may go on after the last numbers of a run that is longer than it was begun to be.
  private static let stateAllowance = 1_024

  /// The last iteration whose state is believed: one far from all that is known would make the run endless.
  var stateLimit: Int { stateLimit(after: endOfNumbers) }

  private var endOfNumbers: Int? {
    end(of: Schema.scalars, "SELECT last FROM scalars ORDER BY first DESC LIMIT 1")
  }

  private func stateLimit(after numbers: Int?) -> Int {
    let numbers = numbers ?? known.withLock { $0.lastIteration }
    let (planned, overflows) = origin.description.epochs.multipliedReportingOverflow(
      by: origin.description.iterationsPerEpoch)
    let last = max(numbers + RecordingReader.stateAllowance, overflows ? 0 : planned)
    return min(last, StoredFields.lastIteration - 1) + 1
  }

  private func end(of table: Schema.Table, _ question: String) -> Int? {
    let end = try? read(table) { connection, allowance -> Int? in
      guard let row = try Row.fetchOne(connection, sql: question) else { return 0 }
      var fields = StoredFields(row, place: table.name, allowance)
      return try fields.optionalInteger(1...StoredFields.lastIteration)
    }
    return (end ?? nil) ?? nil
  }

  public var keyframeIterations: [Int] {
    let limit = stateLimit
    let iterations = try? read(Schema.keyframes) { connection, allowance in
      let rows = try Row.fetchCursor(
        connection,
        sql: "SELECT iteration FROM keyframes WHERE iteration <= \(limit) ORDER BY iteration LIMIT 100000")
      var iterations: [Int] = []
      while let row = try rows.next() {
        var fields = StoredFields(row, place: "keyframes", allowance)
        let iteration = try fields.iteration()
        if iterations.last.map({ $0 < iteration }) ?? true { iterations.append(iteration) }
      }
      return iterations
    }
    return known.withLock { known in
      known.keyframes = (iterations ?? nil) ?? known.keyframes
      return known.keyframes
    }
  }

  /// Whether the file has a table that can be trusted.
  func has(_ table: Schema.Table) -> Bool { tables.contains(table.name) }

  /// Notes a defect that does not stand in the way of an answer.
  func note(_ error: RecordingError) {
    guard case .damaged(let defect) = error else { return }
    found.withLock { if !$0.contains(defect), $0.count < 1_000 { $0.append(defect) } }
  }

  /// Asks about a table; nil where the file has none that can be trusted.
  func read<Value>(
    _ table: Schema.Table, within seconds: Double = 10, _ body: (Database, ReadAllowance) throws -> Value
  ) throws(RecordingError) -> Value? {
    guard tables.contains(table.name) else { return nil }
    do {
      return try database.read(table.name, within: seconds, body)
    } catch {
      note(error)
      throw error
    }
  }

  /// A graph by its number in the file.
  func graph(_ id: Int, _ connection: Database, _ allowance: ReadAllowance) throws -> ComputationGraph? {
    if let graph = graphs.withLock({ $0[id] }) { return graph }
    let row = try Row.fetchOne(connection, sql: "SELECT structure FROM graphs WHERE id = ?", arguments: [id])
    guard let row else { return nil }
    var fields = StoredFields(row, place: "graph \(id)", allowance)
    let graph = try ComputationGraph(stored: try fields.blob(), fields)
    graphs.withLock { if $0.count < 64 { $0[id] = graph } }
    return graph
  }
}

extension RecordingReader {
  private static func checkFormat(_ connection: Database, path: String) throws {
    let mark = try Int64.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
    guard mark == RecordingFormat.applicationID else {
      throw RecordingError.notARecording(
        path: path, got: mark == 0 ? "another database" : "a database of another program (\(mark))")
    }
    let version = try Int64.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
    guard version <= RecordingFormat.version else {
      throw RecordingError.laterVersion(
        path: path, version: Int(version), needs: neededProgram(connection) ?? "of a later version")
    }
    guard version >= 1 else {
      throw RecordingError.damaged(
        RecordingDefect(path: path, place: "user_version", expected: "a version from 1", got: "\(version)"))
    }
  }

  /// What a file of a later version says that it needs, if the table is still a plain one.
  private static func neededProgram(_ connection: Database) -> String? {
    let schema = try? Row.fetchOne(
      connection, sql: "SELECT 1 FROM sqlite_schema WHERE name = 'about' AND type = 'table' AND rootpage > 0")
    guard schema != nil,
      let row = try? Row.fetchOne(connection, sql: "SELECT value FROM about WHERE name = 'requires'"),
      case .string(let text) = (row[0] as DatabaseValue).storage,
      text.utf8.count <= 32, text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    return text
  }

  private static func checkTables(
    _ connection: Database, path: String
  ) throws -> (names: Set<String>, defects: [RecordingDefect]) {
    var definitions: [String: String] = [:]
    let rows = try Row.fetchCursor(
      connection, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 LIMIT 1000")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "sqlite_schema")
      let name = try fields.text()
      if let sql = try fields.optionalText() { definitions[name] = sql }
    }
    var names: Set<String> = []
    var defects: [RecordingDefect] = []
    for table in Schema.tables {
      if definitions[table.name] == table.definition {
        names.insert(table.name)
      } else {
        defects.append(
          RecordingDefect(
            path: path, place: "the table '\(table.name)'", expected: "the columns of format 1",
            got: definitions[table.name] == nil ? "no such table" : "others"))
      }
    }
    return (names, defects)
  }

  private static func origin(
    _ connection: Database, _ allowance: ReadAllowance, path: String
  ) throws -> RunOrigin {
    let row = try Row.fetchOne(connection, sql: "SELECT value FROM about WHERE name = 'origin'")
    guard let row else { throw RecordingError.empty(path: path) }
    var fields = StoredFields(row, place: "origin", allowance)
    let text = try fields.text(limit: 16 << 20)
    guard let origin = try? RecordingJSON.decode(RunOrigin.self, from: Data(text.utf8)) else {
      throw fields.defect(expected: "an origin in JSON", got: "'\(text.prefix(60))'")
    }
    guard origin.isUsable else {
      let description = origin.description
      throw fields.defect(
        expected: "sizes that can be",
        got: "\(description.epochs) epochs of \(description.iterationsPerEpoch) iterations")
    }
    return origin
  }
}

extension RunOrigin {
  /// Whether its sizes can be.
  var isUsable: Bool {
    (0...StoredFields.lastIteration).contains(description.batchSize)
      && (0...1 << 31).contains(description.epochs) && (0...1 << 31).contains(description.iterationsPerEpoch)
  }
}
