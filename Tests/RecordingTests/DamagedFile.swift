import Foundation
import GRDB
import Recording
import Trace

/// A whole recording, and ways to damage it.
struct DamagedFile {
  let folder: ScratchFolder
  var path: String { folder.path() }

  /// A finished recording of so many steps, with keyframes every 20.
  init(_ count: Int = 300) throws {
    folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    for record in Sample.run(count) { writer.record([record]) }
    writer.record([
      .event(RunEvent(.note, at: Position(step: 7, phase: .loss, node: 0), "a note")),
      .epoch(
        EpochResult(
          epoch: 1, step: 100, loss: 0.5, validationLoss: 0.4, trainAccuracy: 0.9,
          validationAccuracy: 0.8, seconds: 2)), .finished,
    ])
    writer.finish()
  }

  var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: URL(filePath: path))) } }

  func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  /// Changes rows with SQL.
  func execute(_ statements: String...) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      for statement in statements { try database.execute(sql: statement) }
    }
    try queue.close()
  }

  /// The page at which a table begins.
  func root(of table: String) throws -> Int {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
        ?? 0
    }
  }

  /// Overwrites a page.
  func overwrite(page: Int) throws {
    var bytes = try bytes
    for place in (page - 1) * 4_096..<page * 4_096 { bytes[place] = 0xAB }
    try write(bytes)
  }

  var check: RecordingCheck { get throws { try RecordingReader(path: path).check() } }

  /// Repairs the file, and opens what was written.
  func repair() throws -> (report: RepairReport, reader: RecordingReader) {
    let output = folder.path("saved.tapedeck")
    let report = try RecordingRepair(path: path).write(to: output, replacing: false)
    return (report, try RecordingReader(path: output))
  }
}
