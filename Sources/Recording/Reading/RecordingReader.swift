import Foundation
import GRDB
import Localization
import Synchronization
import Trace

/// Reads a recording, also while another process writes it. Nothing in the file is trusted.
///
/// A question about a damaged part throws; the others are answered.
package final class RecordingReader: RunArchive {
  /// The file's path.
  package let path: String
  /// What was run, and where.
  package let origin: RunOrigin
  let database: ReadingDatabase
  private let layouts: [String: TableLayout]
  private let found: Mutex<[RecordingDefect]>
  let known = Mutex((lastStep: 0, keyframes: [Int]()))
  private let graphs = Mutex([Int: ComputationGraph]())
  let broken = Mutex((version: 0, keyframes: [Int: RecordingError]()))
  let ends = Mutex(Ends())
  /// The block of numbers that was read last: screens ask for one step after the other.
  let recentBlock = Mutex(RecentBlock())

  /// Opens a recording.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: `RecordingError`, where it is not a recording, of a later version, or damaged at its head.
  package init(path: String) throws {
    self.path = path
    database = try ReadingDatabase(path: path)
    let (layouts, defects) = try database.read("its head") { connection, _ in
      try RecordingReader.checkFormat(connection, path: path)
      return try TableLayout.all(connection, path: path)
    }
    self.layouts = layouts
    found = Mutex(defects)
    guard layouts[Schema.about.name] != nil else {
      // A process that was killed when it began leaves a database without a table.
      if try database.read("its head", { connection, _ in try RecordingReader.hasNoTable(connection) }) {
        throw RecordingError.empty(path: path)
      }
      throw defects.first.map { .damaged($0) }
        ?? RecordingError.notARecording(path: path, got: localized("no table 'about'"))
    }
    origin = try database.read("origin") { connection, allowance in
      try RecordingReader.origin(connection, allowance, path: path)
    }
  }

  /// What was found wrong in the file until now.
  package var defects: [RecordingDefect] { found.withLock { $0 } }

  /// **Units**: bytes of the file and of the log beside it.
  package var byteCount: Int { RecordingFile(path: path).byteCount }

  /// Whether another process is writing the file.
  package var isBeingWritten: Bool { WriterLock.isHeld(recording: path) }

  /// What the file has besides tables, a trigger or a view: a recording has neither.
  var triggerOrView: String? {
    get throws {
      try database.read("its schema") { connection, _ in
        try String.fetchOne(
          connection, sql: "SELECT type FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1")
      }
    }
  }

  /// Checks that writing into its tables has no effects but those of this program's own tables.
  ///
  /// - Throws: `RecordingError.damaged` or `unsafeToWrite`.
  func checkForWriting() throws {
    if let defect = defects.first { throw RecordingError.damaged(defect) }
    if let kind = try triggerOrView { throw RecordingError.unsafeToWrite(path: path, got: "a \(kind)") }
    if let table = Schema.tables.first(where: { layouts[$0.name].map { !$0.isOurs } ?? !$0.isOptional }) {
      throw RecordingError.unsafeToWrite(
        path: path, got: localized("a table '\(table.name)' that was not made by tapedeck"))
    }
  }

  /// Whether part of it is in a log beside the file, as while it is written or after a writer was killed.
  package var hasLog: Bool { RecordingFile(path: path).hasLog }

  /// Whether the run came to its end.
  package var isFinished: Bool {
    (try? database.read("about") { connection, _ in
      try Row.fetchOne(connection, sql: "SELECT 1 FROM about WHERE name = 'finished'") != nil
    }) ?? false
  }

  /// What SQLite counts up whenever another process has written: where it is the same, nothing is new.
  package var dataVersion: Int {
    (try? database.read("its version") { connection, _ in
      try Int.fetchOne(connection, sql: "PRAGMA data_version") ?? 0
    }) ?? 0
  }

  /// How many nodes all graphs have that are kept in memory.
  private static let graphNodeLimit = 200_000

  /// The steps that have keyframes, in order.
  package var keyframeSteps: [Int] {
    let steps = try? self.steps(of: Schema.keyframes)
    return known.withLock { known in
      known.keyframes = steps ?? known.keyframes
      return known.keyframes
    }
  }

  /// Whether the file has a table that can be read.
  func has(_ table: Schema.Table) -> Bool { layouts[table.name] != nil }

  /// Whether SQLite numbers the rows of a table, as it does unless the table was made without.
  func numbersRows(of table: Schema.Table) -> Bool { layouts[table.name]?.numbersRows ?? true }

  /// Notes a defect that does not prevent an answer.
  func note(_ error: RecordingError) {
    guard case .damaged(let defect) = error else { return }
    found.withLock { if !$0.contains(defect), $0.count < 1_000 { $0.append(defect) } }
  }

  /// Queries a table; nil where the file has none that can be read.
  func read<Value>(
    _ table: Schema.Table, within seconds: Double = 10, _ body: (Database, ReadAllowance) throws -> Value
  ) throws(RecordingError) -> Value? {
    guard has(table) else { return nil }
    do {
      return try database.read(table.name, within: seconds, body)
    } catch {
      note(error)
      throw error
    }
  }

  /// Reads a value from each row of a query of a table; none where the file has no such table that can be read.
  ///
  /// `place` is what an error names; by default the table.
  func rows<Value>(
    of table: Schema.Table, _ sql: String, arguments: StatementArguments = [], place: String? = nil,
    _ value: (inout StoredFields) throws -> Value
  ) throws(RecordingError) -> [Value] {
    let values = try read(table) { connection, allowance in
      let rows = try Row.fetchCursor(connection, sql: sql, arguments: arguments)
      var values: [Value] = []
      while let row = try rows.next() {
        var fields = StoredFields(row, place: place ?? table.name, allowance)
        values.append(try value(&fields))
      }
      return values
    }
    return values ?? []
  }

  /// The steps of a table of states that can be restored, in ascending order.
  func steps(of table: Schema.Table) throws(RecordingError) -> [Int] {
    let sql =
      "SELECT iteration FROM \(table.name) WHERE iteration <= \(stateLimit) ORDER BY iteration LIMIT 100000"
    return try rows(of: table, sql) { try $0.step() }.reduce(into: []) { steps, step in
      if steps.last.map({ $0 < step }) ?? true { steps.append(step) }
    }
  }

  /// The rows of a table that another program made, with their columns in the format's order; nil for our own tables.
  func rowsByName(of table: Schema.Table) -> [SalvagedRow]? {
    guard let layout = layouts[table.name], !layout.isOurs else { return nil }
    var found: [SalvagedRow] = []
    _ = try? read(table, within: Checker.timeLimit) { connection, allowance in
      let rows = try Row.fetchCursor(
        connection, sql: "SELECT \(table.columnList) FROM \(table.name) NOT INDEXED")
      while let row = try rows.next() {
        let values = Array(row.databaseValues)
        guard allowance.draw(values.reduce(0) { $0 + $1.storedByteCount }) else { break }
        found.append(SalvagedRow(id: Int64(found.count + 1), values: values))
      }
    }
    return found
  }

  /// A graph by its number in the file.
  func graph(_ id: Int, _ connection: Database, _ allowance: ReadAllowance) throws -> ComputationGraph? {
    if let graph = graphs.withLock({ $0[id] }) { return graph }
    let row = try Row.fetchOne(connection, sql: "SELECT structure FROM graphs WHERE id = ?", arguments: [id])
    guard let row else { return nil }
    var fields = StoredFields(row, place: "graph \(id)", allowance)
    let graph = try ComputationGraph(stored: try fields.blob(), fields)
    graphs.withLock { graphs in
      let nodes = graphs.values.reduce(graph.nodes.count) { $0 + $1.nodes.count }
      if nodes <= RecordingReader.graphNodeLimit { graphs[id] = graph }
    }
    return graph
  }
}

extension RecordingReader {
  private static func hasNoTable(_ connection: Database) throws -> Bool {
    try Int.fetchOne(connection, sql: "SELECT count(*) FROM sqlite_schema") == 0
  }

  private static func checkFormat(_ connection: Database, path: String) throws {
    let mark = try Int64.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
    guard mark == RecordingFormat.applicationID else {
      if mark == 0, try hasNoTable(connection) { throw RecordingError.empty(path: path) }
      throw RecordingError.notARecording(
        path: path,
        got: mark == 0 ? localized("another database") : localized("a database of another program (\(mark))"))
    }
    let version = try Int64.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
    guard version <= RecordingFormat.version else {
      throw RecordingError.laterVersion(
        path: path, version: Int(version), needs: neededProgram(connection) ?? "of a later version")
    }
    guard version >= 1 else {
      throw RecordingError.damaged(
        RecordingDefect(
          path: path, place: "user_version", expected: localized("a version from 1"), got: "\(version)"))
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
        expected: localized("possible sizes"),
        got: localized("\(description.epochs) epochs of \(description.stepsPerEpoch) steps"))
    }
    return origin
  }
}

extension RunOrigin {
  /// Whether its sizes can be.
  var isUsable: Bool {
    description.batchSize >= 0
      && (0...1 << 31).contains(description.epochs) && (0...1 << 31).contains(description.stepsPerEpoch)
  }
}
