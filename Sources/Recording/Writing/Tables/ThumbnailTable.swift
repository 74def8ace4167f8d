import Foundation
import GRDB
import Trace

/// The writer's side of the table `thumbnails`: those of one iteration come and go together.
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
      let iteration = try fields.iteration()
      let (levels, count) = (try fields.integer(0...1 << 40), try fields.integer(0...1 << 20))
      series.insert(
        EvenSeries.Entry(iteration: iteration, size: ThumbnailTable.size(levels: levels, count: count)))
    }
  }

  /// Adds the pictures of an iteration, and gives up others until all fit.
  mutating func add(
    _ thumbnails: [Thumbnail], at iteration: Int, _ budget: RecordingBudget, _ database: Database
  ) throws {
    let levels = thumbnails.map { Packing.pack($0.levels, elementSize: 1) }
    let size = levels.reduce(0) { $0 + ThumbnailTable.size(levels: $1.count) }
    guard !thumbnails.isEmpty, size <= budget.thumbnails else { return }
    try delete(iteration, database)
    series.insert(EvenSeries.Entry(iteration: iteration, size: size))
    while series.byteCount > budget.thumbnails || series.entries.count > ThumbnailTable.setLimit,
      let given = series.giveUp()
    {
      try delete(given.entry.iteration, database)
      if given.entry.iteration == iteration { return }
    }
    for (place, (picture, levels)) in zip(thumbnails, levels).enumerated() {
      try database.run(
        Schema.thumbnails.insertion,
        [
          iteration, place, picture.node, picture.view.rawValue, shapeText(picture.shape), picture.rows,
          picture.columns, storedReal(Double(picture.minimum)), storedReal(Double(picture.maximum)),
          storedBlob(levels),
        ])
    }
  }

  /// Deletes the pictures after an iteration.
  mutating func fork(after iteration: Int, _ database: Database) throws {
    try database.run("DELETE FROM thumbnails WHERE iteration > ?", [iteration])
    series.remove(after: iteration)
  }

  /// What pictures take: pages from which every other one is gone stay half empty.
  private static func size(levels: Int, count: Int = 1) -> Int { 2 * (levels + 80 * count) }

  private func delete(_ iteration: Int, _ database: Database) throws {
    try database.run("DELETE FROM thumbnails WHERE iteration = ?", [iteration])
  }
}
