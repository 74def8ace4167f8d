import GRDB
import Localization
import Trace

/// Reads every row of a recording by itself, so that a broken one takes no other away.
struct Checker {
  /// How many findings are reported at most.
  static let findingLimit = 1_000

  let reader: RecordingReader
  /// The hash of a keyframe's values; nil where it is not known how to compute it.
  let stateHash: (@Sendable (StateSnapshot) -> UInt64)?
  private(set) var findings: [FoundDefect] = []
  var check = RecordingCheck()

  /// A checker of an open recording.
  init(_ reader: RecordingReader, stateHash: (@Sendable (StateSnapshot) -> UInt64)? = nil) {
    self.reader = reader
    self.stateHash = stateHash
  }

  /// Reads everything.
  ///
  /// - Parameter pages: whether SQLite checks its own pages too.
  mutating func run(pages: Bool) {
    checkHead()
    for defect in reader.defects {
      find(.none, defect.place, expected: defect.expected, got: defect.got)
    }
    do {
      if let kind = try reader.triggerOrView {
        find(
          .none, localized("its schema"), expected: localized("tables only"),
          got: localized("a \(kind) as well"))
      }
    } catch { find(.none, localized("its schema"), error) }
    if pages { checkPages() }
    checkScalars()
    checkKeyframes()
    checkHashes()
    checkGraphs()
    checkEvents()
    checkWholeSteps()
    check.parts = Schema.tables.compactMap(part)
    var told: Set<String> = []
    check.problems = findings.map(\.sentence).filter { told.insert($0).inserted }
  }

  /// Notes what is wrong.
  mutating func find(_ rows: FoundDefect.Rows, _ place: String, expected: String, got: String) {
    let finding = FoundDefect(rows: rows, place: place, expected: expected, got: got)
    guard findings.count < Checker.findingLimit, !findings.contains(finding) else { return }
    findings.append(finding)
  }

  /// Notes what reading a row threw.
  mutating func find(_ rows: FoundDefect.Rows, _ place: String, _ error: any Error) {
    switch error {
    case let defect as StoredFields.Defect:
      find(rows, defect.place, expected: defect.expected, got: defect.got)
    case let defect as Packing.Defect: find(rows, place, expected: defect.expected, got: defect.got)
    case RecordingError.damaged(let defect):
      // What SQLite cannot read has the name of its table only.
      let isNamed = !Schema.tables.contains { $0.name == defect.place }
      find(rows, isNamed ? defect.place : place, expected: defect.expected, got: defect.got)
    default: find(rows, place, expected: localized("whole pages"), got: localized("damaged ones (\(error))"))
    }
  }

  /// Reads the rows of a table in their order; those that cannot be read are found, with the number of the row.
  ///
  /// The columns begin with the row's number, which `parse` does not see.
  mutating func each(
    _ table: Schema.Table, _ columns: String, as name: String? = nil,
    _ parse: (inout StoredFields, Int64) throws -> Void
  ) {
    var found: [(FoundDefect.Rows, any Error)] = []
    let place = name ?? table.name
    do {
      _ = try reader.read(table, within: Checker.timeLimit) { connection, allowance in
        let isNumbered = reader.numbersRows(of: table)
        let number = isNumbered ? "rowid" : table.columnNames[0]
        let rows = try Row.fetchCursor(
          connection, sql: "SELECT \(number), \(columns) FROM \(table.name) NOT INDEXED ORDER BY \(number)")
        var count: Int64 = 0
        while let row = try rows.next() {
          count += 1
          guard let id = isNumbered ? Int64.fromDatabaseValue(row[0]) : count else { continue }
          allowance.beginItem()
          var fields = StoredFields(row, place: "\(place), row \(id)", allowance, from: 1)
          do { try parse(&fields, id) } catch { found.append((.row(table: table.name, id), error)) }
          if found.count > Checker.findingLimit { break }
        }
      }
    } catch {
      found.append((.none, error))
    }
    for (rows, error) in found { find(rows, place, error) }
  }

  /// How many of SQLite's own complaints are reported.
  private static let pageLimit = 5

  /// Whether rows that have unpacked to so much are more than a file of this size can have; found where it is, with the
  /// rows that come next and are not read.
  mutating func isBeyondWork(_ work: Int, _ rows: FoundDefect.Rows, _ place: String) -> Bool {
    let limit = reader.database.workLimit
    guard work > limit else { return false }
    find(
      rows, place, expected: localized("at most \(limit) bytes in this file"),
      got: localized("more than that"))
    return true
  }

  /// **Units**: seconds that one table may take.
  static let timeLimit = 120.0

  private mutating func checkHead() {
    check.byteCount = RecordingFile(path: reader.path).byteCount
    check.isFinished = reader.isFinished
    check.isBeingWritten = reader.isBeingWritten
    let head = try? reader.database.read("its head") { connection, _ in
      (
        try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0,
        try Checker.about("requires", connection), try Checker.about("repaired", connection)
      )
    }
    if let head { (check.format, check.requires, check.repaired) = head }
  }

  private static func about(_ name: String, _ connection: Database) throws -> String? {
    let row = try Row.fetchOne(connection, sql: "SELECT value FROM about WHERE name = ?", arguments: [name])
    guard let row else { return nil }
    var fields = StoredFields(row, place: "about")
    return try fields.text(limit: 1 << 20)
  }

  private mutating func checkPages() {
    do {
      let lines = try reader.database.read("its pages", within: Checker.timeLimit) { connection, _ in
        try String.fetchAll(connection, sql: "PRAGMA integrity_check(20)")
      }
      let numbered = Schema.tables.filter(reader.numbersRows)
      let all = lines.flatMap { $0.split(separator: "\n") }.filter { line in
        // SQLite 3.40 mistakes columns before the key of a table without row numbers for NULL.
        if line.hasPrefix("NULL value in "), !numbered.contains(where: { line.contains(" \($0.name).") }) {
          return false
        }
        return line != "ok" && !line.hasPrefix("***")
      }
      // Pages that nothing refers to are the result of a broken page.
      let causes = all.filter { !$0.hasSuffix("is never used") }
      for line in (causes.isEmpty ? all : causes).prefix(Checker.pageLimit) {
        find(
          .none, localized("the database"), expected: localized("sound pages"), got: "'\(line.prefix(200))'")
      }
    } catch {
      find(.none, localized("the database"), error)
    }
  }

  /// What a table takes.
  private func part(_ table: Schema.Table) -> RecordingCheck.Part? {
    let size = table.columnNames.map { "coalesce(length(CAST(\($0) AS BLOB)), 0)" }.joined(separator: " + ")
    let part = try? reader.read(table, within: Checker.timeLimit) { connection, _ -> RecordingCheck.Part? in
      let row = try Row.fetchOne(
        connection, sql: "SELECT count(*), total(\(size)) FROM \(table.name) NOT INDEXED")
      guard let row, case .int64(let rows) = (row[0] as DatabaseValue).storage,
        case .double(let bytes) = (row[1] as DatabaseValue).storage, bytes < 1e15
      else { return nil }
      return RecordingCheck.Part(name: table.name, rows: Int(rows), byteCount: Int(bytes))
    }
    return (part ?? nil) ?? nil
  }
}

extension RecordingReader {
  /// What is in the recording, and what is wrong with it. Reads all of it.
  ///
  /// - Parameter stateHash: the hash of a keyframe's values as the run took it; nil leaves the hashes of keyframes
  ///   unproved.
  /// - Returns: whatever is known; no file makes it fail.
  package func check(stateHash: (@Sendable (StateSnapshot) -> UInt64)? = nil) -> RecordingCheck {
    var checker = Checker(self, stateHash: stateHash)
    // A table that is read later would have what was written since an earlier one was.
    database.asOfNow { checker.run(pages: true) }
    return checker.check
  }
}
