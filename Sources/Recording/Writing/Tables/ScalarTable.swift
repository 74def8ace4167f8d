import Foundation
import GRDB
import Trace

/// The writer's side of the table `scalars`: the block that grows, and the full ones before it.
struct ScalarTable: Sendable {
  /// A block that is full.
  private struct Full: Sendable {
    var first: Int
    var rows: Int
    var level: Int
    var normRows: Int
    /// How many times its norms were halved.
    var normLevel = 0
    var byteCount: Int
  }

  private var full: [Full] = []
  private var fullBytes = 0
  private var fullRows = 0
  private var growing = ScalarBlock([])
  private var isChanged = false
  /// The last step of the full blocks.
  private var lastFull = 0

  /// Adds a step's numbers; one that was there before is replaced.
  mutating func add(_ row: StepScalars, _ database: Database) throws {
    guard row.step > growing.rows.last?.step ?? lastFull else { return try replace(row, database) }
    if let count = parameterCount, !row.gradientNorms.isEmpty, row.gradientNorms.count != count {
      try close(database)
    }
    growing.rows.append(row)
    growing.summary.add(row.loss)
    isChanged = true
    if growing.rows.count >= ScalarBlock.rowLimit(parameters: row.gradientNorms.count) { try close(database) }
  }

  /// Stores what has arrived since the last time.
  mutating func store(_ database: Database) throws {
    guard isChanged, let stored = StoredScalars(growing, isPacked: false) else { return }
    try ScalarTable.insert(stored, database)
    isChanged = false
  }

  /// Deletes the steps after one.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM scalars WHERE first > ?", [step])
    while let block = full.last, block.first > step { removeLastFull(block) }
    if growing.rows.first.map({ $0.step > step }) ?? true {
      growing = ScalarBlock([])
      guard let block = full.last, var rows = try ScalarTable.block(at: block.first, database)?.rows else {
        return
      }
      removeLastFull(block)
      rows.removeAll { $0.step > step }
      growing = ScalarBlock(rows)
      growing.level = block.level
      isChanged = true
      // A thinned block does not grow: its rows represent more than one step.
      if block.level > 0 || rows.count == block.rows { try close(database) }
    } else {
      growing = ScalarBlock(growing.rows.filter { $0.step <= step })
      isChanged = true
    }
  }

  /// Thins old steps until all fit their part of the budget.
  mutating func thin(_ budget: RecordingBudget, _ database: Database) throws {
    while fullRows + growing.rows.count > budget.scalarRows, try mergeOne(database) {}
    while fullBytes > budget.scalars {
      guard try halveNorms(database) || mergeOne(database) else { return }
    }
  }

  private var parameterCount: Int? { growing.rows.first { !$0.gradientNorms.isEmpty }?.gradientNorms.count }

  private mutating func removeLastFull(_ block: Full) {
    full.removeLast()
    fullBytes -= block.byteCount
    fullRows -= block.rows
    lastFull = 0
  }

  private mutating func close(_ database: Database) throws {
    guard let stored = StoredScalars(growing, isPacked: true) else { return }
    try ScalarTable.insert(stored, database)
    append(stored)
    growing = ScalarBlock([])
    isChanged = false
  }

  private mutating func append(_ stored: StoredScalars) {
    full.append(ScalarTable.full(stored))
    fullBytes += stored.byteCount
    fullRows += stored.rowCount
    lastFull = stored.last
  }

  private static func full(_ stored: StoredScalars) -> Full {
    Full(
      first: stored.first, rows: stored.rowCount, level: stored.level, normRows: stored.normRows,
      byteCount: stored.byteCount)
  }

  private mutating func replace(_ row: StepScalars, _ database: Database) throws {
    if let first = growing.rows.first, first.step <= row.step {
      growing = ScalarBlock(ScalarTable.replacing(row, in: growing.rows))
      isChanged = true
      return
    }
    guard let place = full.lastIndex(where: { $0.first <= row.step }),
      var block = try ScalarTable.block(at: full[place].first, database)
    else { return }
    block.rows = ScalarTable.replacing(row, in: block.rows)
    try store(block, at: place, database)
  }

  private static func replacing(_ row: StepScalars, in rows: [StepScalars]) -> [StepScalars] {
    let place = rows.firstIndex { $0.step >= row.step } ?? rows.count
    var rows = rows
    if place < rows.count, rows[place].step == row.step {
      rows[place] = row
    } else {
      rows.insert(row, at: place)
    }
    return rows
  }

  private mutating func store(_ block: ScalarBlock, at place: Int, _ database: Database) throws {
    guard let stored = StoredScalars(block, isPacked: true) else { return }
    if stored.first != full[place].first {
      try database.run("DELETE FROM scalars WHERE first = ?", [full[place].first])
    }
    try ScalarTable.insert(stored, database)
    fullBytes += stored.byteCount - full[place].byteCount
    fullRows += stored.rowCount - full[place].rows
    let normLevel = full[place].normLevel
    full[place] = ScalarTable.full(stored)
    full[place].normLevel = normLevel
  }

  /// Merges the oldest two neighbours that were thinned the least.
  private mutating func mergeOne(_ database: Database) throws -> Bool {
    let pairs = full.indices.dropLast()
    guard let place = pairs.min(by: { level(ofPair: $0) < level(ofPair: $1) }),
      let first = try ScalarTable.block(at: full[place].first, database),
      let second = try ScalarTable.block(at: full[place + 1].first, database),
      first.rows.count + second.rows.count > 8
    else { return false }
    try database.run("DELETE FROM scalars WHERE first = ?", [full[place + 1].first])
    fullBytes -= full[place + 1].byteCount
    fullRows -= full[place + 1].rows
    full[place].normLevel = min(full[place].normLevel, full[place + 1].normLevel)
    full.remove(at: place + 1)
    try store(.merging(first, second), at: place, database)
    return true
  }

  private func level(ofPair place: Int) -> Int { max(full[place].level, full[place + 1].level) }

  /// Takes every other norm from the oldest block that has kept the most of them.
  private mutating func halveNorms(_ database: Database) throws -> Bool {
    let candidates = full.indices.filter { full[$0].normRows > 2 }
    guard let place = candidates.min(by: { full[$0].normLevel < full[$1].normLevel }),
      let block = try ScalarTable.block(at: full[place].first, database)
    else { return false }
    full[place].normLevel += 1
    try store(block.withFewerNorms, at: place, database)
    return true
  }
}

extension ScalarTable {
  private static func insert(_ block: StoredScalars, _ database: Database) throws {
    let finite = block.summary.mean != nil
    try database.run(
      Schema.scalars.insertion,
      [
        block.first, block.last, block.summary.steps, block.rowCount, block.level, block.parameters,
        block.normRows, storedReal(block.seconds), finite ? block.summary.least : nil,
        finite ? block.summary.greatest : nil, block.summary.mean, block.summary.notFinite,
        Int(block.checksum),
        storedBlob(block.extremes), storedBlob(block.steps), storedBlob(block.losses),
        storedBlob(block.accuracies), storedBlob(block.learningRates), storedBlob(block.times),
        storedBlob(block.normPlaces), storedBlob(block.norms),
      ])
  }

  private static func block(at first: Int, _ database: Database) throws -> ScalarBlock? {
    guard let stored = try StoredScalars.fetch(first: first, database) else { return nil }
    return try stored.block()
  }

  /// The state of the table in a file that is resumed.
  init(_ database: Database) throws {
    for stored in try StoredScalars.fetchAll(database) { append(stored) }
    guard let last = full.last, last.level == 0,
      let block = try ScalarTable.block(at: last.first, database),
      block.rows.count < ScalarBlock.rowLimit(parameters: block.rows.last?.gradientNorms.count ?? 0)
    else { return }
    removeLastFull(last)
    growing = block
    lastFull = 0
  }
}
