import Foundation
import GRDB
import Trace

/// The writer's side of the tables `whole_steps` and `tensors`: a step and its tensors come and go together.
struct WholeStepTable: Sendable {
  /// Steps that nobody asked for, which are given up first.
  private var usual = EvenSeries()
  /// Steps that were asked for.
  private var wanted = EvenSeries()

  /// The tables of a new file.
  init() {}

  /// The state of the tables in a file that is resumed.
  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT iteration, wanted, length(structure), \
        (SELECT coalesce(sum(length(data)), 0) FROM tensors WHERE tensors.iteration = whole_steps.iteration), \
        tensors FROM whole_steps
        """)
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "whole_steps")
      let (step, isWanted) = (try fields.step(), try fields.flag())
      let bytes = try fields.integer(0...1 << 40) + fields.integer(0...1 << 40)
      let size = WholeStepTable.size(bytes: bytes, count: try fields.integer(0...1 << 24))
      note(EvenSeries.Entry(step: step, size: size), isWanted: isWanted)
    }
  }

  /// Adds a step, and gives up others until all fit; a step that is too large alone is left out.
  mutating func add(_ step: WholeStep, _ budget: RecordingBudget, _ database: Database) throws {
    let structure = GraphTable.structure(try RecordingJSON.encode(step.watched))
    let data = step.tensors.map {
      Packing.pack($0.array.bytes, elementSize: $0.array.elementType.byteCount)
    }
    let size = WholeStepTable.size(
      bytes: data.reduce(structure.count) { $0 + $1.count }, count: step.tensors.count)
    guard size <= budget.wholeSteps else { return }
    let number = step.watched.step
    try delete(number, database)
    usual.remove(number)
    wanted.remove(number)
    note(EvenSeries.Entry(step: number, size: size), isWanted: step.isWanted)
    while usual.byteCount + wanted.byteCount > budget.wholeSteps, let given = evict() {
      try delete(given, database)
      if given == number { return }
    }
    try database.run(
      Schema.wholeSteps.insertion, [number, step.isWanted, step.tensors.count, step.leftOut, structure])
    for (place, (tensor, data)) in zip(step.tensors, data).enumerated() {
      try database.run(
        Schema.tensors.insertion,
        [
          number, place, tensor.node, tensor.view.rawValue, tensor.part, tensor.visit, tensor.remark,
          tensor.array.elementType.rawValue, shapeText(tensor.array.shape), Int(checksum(tensor.array.bytes)),
          storedBlob(data),
        ])
    }
  }

  /// Deletes the steps after one.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM whole_steps WHERE iteration > ?", [step])
    try database.run("DELETE FROM tensors WHERE iteration > ?", [step])
    usual.remove(after: step)
    wanted.remove(after: step)
  }

  private mutating func note(_ entry: EvenSeries.Entry, isWanted: Bool) {
    if isWanted { wanted.insert(entry) } else { usual.insert(entry) }
  }

  /// The step to give up next: the last one that nobody asked for goes before one that was.
  private mutating func evict() -> Int? {
    if let given = usual.evict() { return given.entry.step }
    if !wanted.entries.isEmpty, let last = usual.entries.first {
      usual.remove(last.step)
      return last.step
    }
    return wanted.evict()?.entry.step
  }

  /// What a step takes, with its rows and the pages that they do not fill.
  private static func size(bytes: Int, count: Int) -> Int { bytes + bytes / 100 + count * 160 + 4_096 }

  private func delete(_ step: Int, _ database: Database) throws {
    try database.run("DELETE FROM whole_steps WHERE iteration = ?", [step])
    try database.run("DELETE FROM tensors WHERE iteration = ?", [step])
  }
}
