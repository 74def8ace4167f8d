import Foundation
import GRDB
import Localization
import Trace

/// Writes the rows of a repaired recording.
struct RepairWriter {
  private let queue: DatabaseQueue

  /// Makes the tables in an empty file.
  init(_ file: RecordingFile) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      for pragma in [
        "page_size = \(RecordingBudget.pageSize)", "journal_mode = MEMORY", "synchronous = OFF",
        "trusted_schema = OFF",
      ] {
        try database.execute(sql: "PRAGMA \(pragma)")
      }
    }
    queue = try DatabaseQueue(path: RecordingFile.databasePath(file.path), configuration: configuration)
    try queue.write { try RecordingDisk.makeTables($0) }
  }

  /// What became of the rows that were found.
  struct Insertion {
    /// Whether the origin is among them; where it is not, a made-up one takes its place.
    var knowsOrigin = true
    /// How many rows of each table broke one of its rules.
    var leftOut: [(table: String, count: Int)] = []
  }

  /// Puts in all rows that fit their tables.
  ///
  /// - Throws: what SQLite throws, but for a row that breaks a rule of its table.
  func insert(_ salvage: Salvage) throws -> Insertion {
    try queue.write { database in
      var insertion = Insertion()
      for table in Schema.tables {
        var count = 0
        let insert = "INSERT OR IGNORE" + Schema.Table.insertion(table.name, table.columnNames)
        var statement = try database.makeStatement(sql: insert)
        // Pages that hold the same row twice lose nothing by it.
        let same = table.columnNames.map { "\($0) IS ?" }.joined(separator: " AND ")
        let question = try database.makeStatement(sql: "SELECT 1 FROM \(table.name) WHERE \(same)")
        for row in salvage.rows[table.name] ?? [] {
          let arguments = StatementArguments(row.values)
          do {
            try statement.execute(arguments: arguments)
            if database.changesCount > 0 { continue }
          } catch let error as DatabaseError {
            guard [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(error.resultCode) else { throw error }
            // A statement that failed reports the error once more when it is used again.
            statement = try database.makeStatement(sql: insert)
          }
          if try Row.fetchOne(question, arguments: arguments) == nil { count += 1 }
        }
        if count > 0 { insertion.leftOut.append((table.name, count)) }
      }
      if let origin = try RepairWriter.origin(database), origin.isUsable { return insertion }
      insertion.knowsOrigin = false
      try database.execute(sql: "DELETE FROM about WHERE name = 'origin'")
      let names = try String.fetchAll(
        database,
        sql: """
          SELECT name FROM arrays WHERE role = 'parameter' \
          AND iteration = (SELECT min(iteration) FROM keyframes) ORDER BY place LIMIT 100000
          """)
      let unknown = RunOrigin(
        description: RunDescription(
          data: "unknown", network: "unknown", optimizer: "unknown", batchSize: 1, seed: 0, epochs: 0,
          stepsPerEpoch: 0, parameterNames: names),
        settings: nil, program: "unknown", machine: "unknown", dataHash: 0, begun: 0)
      try database.run(Schema.about.insertion, ["origin", try RecordingJSON.text(unknown)])
      return insertion
    }
  }

  /// Makes the rows of keyframes again whose arrays are there: a hash that the run took proves their values.
  ///
  /// All of a keyframe but its batch must be there, as in those that have the most; at the first step an optimizer
  /// remembers nothing yet.
  /// - Returns: How many were made.
  func addKeyframesOfArrays() throws -> Int {
    let batch = "role IN (\(ArrayRole.batchList))"
    let model = "role IN ('parameter', 'buffer')"
    let isLost = "iteration NOT IN (SELECT iteration FROM keyframes)"
    func most(_ rows: String) -> String {
      "(SELECT max(n) FROM (SELECT count(*) AS n FROM arrays WHERE \(rows) GROUP BY iteration))"
    }
    func own(_ value: String, _ rows: String = "1") -> String {
      "(SELECT \(value) FROM arrays WHERE arrays.iteration = hashes.iteration AND \(rows))"
    }
    return try queue.write { database in
      // A batch of which a part is lost is none.
      try database.execute(
        sql: """
          DELETE FROM arrays WHERE \(batch) AND \(isLost) AND iteration IN \
          (SELECT iteration FROM arrays WHERE \(batch) GROUP BY iteration HAVING count(*) < 3)
          """)
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO keyframes (\(Schema.keyframes.columnList)) \
          SELECT iteration, hash, 0, 1, '{}', \(own("count(*)")), \(own("sum(length(data))")) FROM hashes \
          WHERE \(isLost) AND \(own("count(*)")) > 0 AND (\(own("count(*)", "NOT " + batch)) = \(most("NOT " + batch)) \
          OR iteration = 1 AND \(own("count(*)", model)) = \(most(model)))
          """)
      return database.changesCount
    }
  }

  /// The file does not contain the end of the run.
  func unfinish() throws { try queue.write { try $0.run("DELETE FROM about WHERE name = 'finished'") } }

  private static func origin(_ database: Database) throws -> RunOrigin? {
    let text = try String.fetchOne(database, sql: "SELECT value FROM about WHERE name = 'origin'")
    return text.flatMap { try? RecordingJSON.decode(RunOrigin.self, from: Data($0.utf8)) }
  }

  /// Takes out the rows that are not sound; false if there were none to take.
  func leaveOut(_ findings: [FoundDefect]) throws -> Bool {
    try queue.write { database in
      var count = 0
      for finding in findings {
        switch finding.rows {
        case .none: continue
        case .row(let table, let id): try database.run("DELETE FROM \(table) WHERE rowid = ?", [id])
        case .keyframe(let step):
          try database.run("DELETE FROM arrays WHERE iteration = ?", [step])
          try database.run("DELETE FROM keyframes WHERE iteration = ?", [step])
        case .wholeStep(let step):
          try database.run("DELETE FROM tensors WHERE iteration = ?", [step])
          try database.run("DELETE FROM whole_steps WHERE iteration = ?", [step])
        case .batch(let step):
          try database.run(
            "DELETE FROM arrays WHERE iteration = ? AND role IN (\(ArrayRole.batchList))", [step])
          try database.run(
            "UPDATE keyframes SET arrays = arrays - \(ArrayRole.batch.count) WHERE iteration = ?",
            [step])
        }
        count += 1
      }
      return count > 0
    }
  }

  /// Notes what was lost, for later readers.
  func note(_ losses: [String]) throws {
    try queue.write { database in
      let text =
        losses.isEmpty ? localized("Nothing was lost.") : losses.prefix(1_000).joined(separator: "\n")
      try database.run(Schema.about.insertion, ["repaired", text])
    }
  }

  /// Gives back what rows that were left out took.
  func close() throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    try queue.close()
  }
}
