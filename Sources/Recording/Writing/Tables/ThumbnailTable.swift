import Foundation
import GRDB
import Trace

/// The writer's side of the table `thumbnails`: those of one step come and go together.
struct ThumbnailTable: Sendable {
  private static let setLimit = 4_096

  private var series = EvenSeries()

  /// The table of a new file.
  init() {}

  /// The state of the table in a file that is resumed.
  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT iteration, sum(length(levels)), count(*) FROM thumbnails GROUP BY iteration")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "thumbnails")
      let step = try fields.step()
      let (levels, count) = (try fields.integer(0...1 << 40), try fields.integer(0...1 << 20))
      series.insert(
        EvenSeries.Entry(step: step, size: ThumbnailTable.size(levels: levels, count: count)))
    }
  }

  /// Adds the pictures of a step, and gives up others until all fit.
  mutating func add(
    _ thumbnails: [Thumbnail], at step: Int, _ budget: RecordingBudget, _ database: Database
  ) throws {
    let levels = thumbnails.map { Packing.pack($0.levels, elementSize: 1) }
    let size = levels.reduce(0) { $0 + ThumbnailTable.size(levels: $1.count) }
    guard !thumbnails.isEmpty, size <= budget.thumbnails else { return }
    try delete(step, database)
    series.insert(EvenSeries.Entry(step: step, size: size))
    while series.byteCount > budget.thumbnails || series.entries.count > ThumbnailTable.setLimit,
      let given = series.evict()
    {
      try delete(given.entry.step, database)
      if given.entry.step == step { return }
    }
    for (place, (picture, levels)) in zip(thumbnails, levels).enumerated() {
      try database.run(
        Schema.thumbnails.insertion,
        [
          step, place, picture.node, picture.view.rawValue, shapeText(picture.shape), picture.rows,
          picture.columns, storedReal(Double(picture.minimum)), storedReal(Double(picture.maximum)),
          storedBlob(levels),
        ])
    }
  }

  /// Deletes the pictures after a step.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM thumbnails WHERE iteration > ?", [step])
    series.remove(after: step)
  }

  /// What pictures take: pages from which every other one is gone stay half empty.
  private static func size(levels: Int, count: Int = 1) -> Int { 2 * (levels + 80 * count) }

  private func delete(_ step: Int, _ database: Database) throws {
    try database.run("DELETE FROM thumbnails WHERE iteration = ?", [step])
  }
}
