import Foundation
import GRDB
import Trace

/// The writer's side of the tables `graphs` and `graph_spans`: each distinct graph once.
struct GraphTable: Sendable {
  /// How often graphs may change before the file keeps them no longer.
  private static let spanLimit = 100_000
  private static let graphLimit = 1_000

  private var ids: [Data: Int] = [:]
  private var byteCount = 0
  private var spanCount = 0
  private var current: Int?

  /// The table of a new file.
  init() {}

  /// The state of the tables in a file that is resumed.
  init(_ database: Database) throws {
    spanCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM graph_spans") ?? 0
    let rows = try Row.fetchCursor(database, sql: "SELECT id, structure FROM graphs")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "graphs")
      let id = try fields.integer(1...1 << 40)
      let structure = Data(try fields.blob())
      ids[structure] = id
      byteCount += structure.count
    }
    current = try Int.fetchOne(database, sql: "SELECT graph FROM graph_spans ORDER BY first DESC LIMIT 1")
  }

  /// Notes the graph that a step has, and those after it.
  mutating func add(
    _ graph: ComputationGraph, from step: Int, _ budget: RecordingBudget, _ database: Database
  ) throws {
    guard spanCount <= GraphTable.spanLimit else { return }
    let id = spanCount == GraphTable.spanLimit ? nil : try self.id(of: graph, budget, database)
    guard spanCount == 0 || id != current || id == nil else { return }
    try database.run(Schema.graphSpans.insertion, [step, id])
    (current, spanCount) = (id, spanCount + 1)
  }

  /// Deletes what graphs steps after one had.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM graph_spans WHERE first > ?", [step])
    spanCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM graph_spans") ?? 0
    current = try Int.fetchOne(database, sql: "SELECT graph FROM graph_spans ORDER BY first DESC LIMIT 1")
  }

  /// The graph's number in the file; nil where there is no room for it.
  private mutating func id(
    of graph: ComputationGraph, _ budget: RecordingBudget, _ database: Database
  ) throws -> Int? {
    let structure = GraphTable.structure(try RecordingJSON.encode(graph))
    if let id = ids[structure] { return id }
    guard ids.count < GraphTable.graphLimit, byteCount + structure.count <= budget.graphs else { return nil }
    let id = (ids.values.max() ?? 0) + 1
    try database.run(Schema.graphs.insertion, [id, structure])
    ids[structure] = id
    byteCount += structure.count
    return id
  }

  /// The length of the JSON in four bytes, and its zlib stream.
  static func structure(_ json: Data) -> Data {
    let bytes = [UInt8](json)
    let stream = bytes.withUnsafeBytes { Deflate.compress($0, .matches) }
    return Data(storedBytes([UInt32(clamping: bytes.count)]) + (stream ?? bytes))
  }
}
