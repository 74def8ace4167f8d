import Foundation
import GRDB
import Trace

/// The writer's side of the tables `keyframes` and `arrays`.
struct KeyframeTable: Sendable {
  /// What came of a keyframe.
  struct Outcome: Sendable, Equatable {
    /// **Units**: bytes.
    var size: Int
    /// How many of its size the database has room for.
    var capacity: Int
    /// The widest gap that giving up others made.
    var gap = 0
    /// Whether there was no room for it at all.
    var isRefused = false
  }

  private(set) var series = EvenSeries()

  /// Adds a keyframe, and gives up others until all fit.
  mutating func add(
    _ snapshot: StateSnapshot, _ budget: RecordingBudget, _ database: Database
  ) throws -> Outcome {
    let arrays = StoredArray.all(of: snapshot)
    let size = arrays.reduce(512) { $0 + $1.byteCount }
    let limit = budget.database(transaction: size)
    try delete(snapshot.step, database)
    let others = try database.usedBytes() - series.byteCount
    var outcome = Outcome(size: size, capacity: max(0, limit - others) / size)
    guard outcome.capacity > 0 else {
      outcome.isRefused = true
      return outcome
    }
    series.insert(EvenSeries.Entry(step: snapshot.step, size: size))
    while try database.usedBytes() + size > limit || series.entries.count > budget.keyframes,
      let given = series.evict()
    {
      outcome.gap = max(outcome.gap, given.gap)
      try delete(given.entry.step, database)
      // One of the past may be the very one that is needed the least.
      if given.entry.step == snapshot.step { return outcome }
    }
    try database.run(
      Schema.keyframes.insertion,
      [
        snapshot.step, Int64(bitPattern: snapshot.hash), storedReal(snapshot.epochLoss),
        snapshot.zeroGrad,
        try RecordingJSON.text(snapshot.settings), arrays.count, size,
      ])
    for array in arrays { try array.insert(step: snapshot.step, database) }
    return outcome
  }

  /// Gives up keyframes until the database is within its limit again; the newest stays.
  ///
  /// - Returns: The widest gap that this made.
  mutating func shrink(to limit: Int, _ database: Database) throws -> Int {
    var widest = 0
    while try database.usedBytes() > limit, let given = series.evict() {
      widest = max(widest, given.gap)
      try delete(given.entry.step, database)
    }
    return widest
  }

  /// Deletes the keyframes after a step.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM arrays WHERE iteration > ?", [step])
    try database.run("DELETE FROM keyframes WHERE iteration > ?", [step])
    series.remove(after: step)
  }

  private func delete(_ step: Int, _ database: Database) throws {
    try database.run("DELETE FROM arrays WHERE iteration = ?", [step])
    try database.run("DELETE FROM keyframes WHERE iteration = ?", [step])
  }

  /// The table of a new file.
  init() {}

  /// The state of the tables in a file that is resumed.
  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT iteration, bytes FROM keyframes")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "keyframes")
      series.insert(
        EvenSeries.Entry(step: try fields.step(), size: try fields.integer(0...1 << 40)))
    }
  }
}
