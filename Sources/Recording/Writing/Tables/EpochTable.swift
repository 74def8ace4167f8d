import GRDB
import Trace

/// The writer's side of the table `epochs`: when there are too many, every other one goes, but never the newest, nor
/// those of the least and the greatest loss.
struct EpochTable: Sendable {
  /// An epoch's number and its loss: that of the validation data where there are any.
  private struct Mark: Sendable {
    var epoch: Int
    var loss: Double
  }

  private var count = 0
  /// Epochs are kept whose number is a multiple of this.
  private var spacing = 1
  private var newest: Mark?
  private var least: Mark?
  private var greatest: Mark?

  /// The table of a new file.
  init() {}

  /// The state of the table in a file that is resumed.
  init(_ database: Database) throws {
    try reread(database)
    let first = try Int.fetchOne(database, sql: "SELECT min(epoch) FROM epochs") ?? 0
    // How few are left of how many shows that epochs were given up before.
    while let newest, (newest.epoch - first) / spacing > count { spacing *= 2 }
  }

  /// Adds an epoch's result.
  mutating func add(_ epoch: EpochResult, _ budget: RecordingBudget, _ database: Database) throws {
    try database.run(
      Schema.epochs.insertion,
      [
        epoch.epoch, epoch.step, storedReal(epoch.loss), epoch.validationLoss.map(storedReal),
        storedReal(epoch.trainAccuracy ?? .nan), epoch.validationAccuracy.map(storedReal),
        storedReal(epoch.seconds),
      ])
    count += 1
    let before = newest
    note(Mark(epoch: epoch.epoch, loss: epoch.validationLoss ?? epoch.loss))
    if let before, before.epoch != epoch.epoch, !keeps(before.epoch) {
      try database.run("DELETE FROM epochs WHERE epoch = ?", [before.epoch])
      count -= 1
    }
    guard count > budget.epochs else { return }
    while count > budget.epochs / 2, spacing < 1 << 40 {
      spacing *= 2
      try database.run(
        "DELETE FROM epochs WHERE epoch % ? != 0 AND epoch NOT IN (?, ?, ?)",
        [spacing, newest?.epoch, least?.epoch ?? 0, greatest?.epoch ?? 0])
      count = try Int.fetchOne(database, sql: "SELECT count(*) FROM epochs") ?? 0
    }
  }

  /// Deletes the epochs that end after a step.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM epochs WHERE iteration > ?", [step])
    try reread(database)
  }

  private func keeps(_ epoch: Int) -> Bool {
    epoch.isMultiple(of: spacing) || [newest, least, greatest].contains { $0?.epoch == epoch }
  }

  private mutating func note(_ mark: Mark) {
    newest = mark
    guard mark.loss.isFinite else { return }
    if least.map({ mark.loss < $0.loss }) ?? true { least = mark }
    if greatest.map({ mark.loss > $0.loss }) ?? true { greatest = mark }
  }

  private mutating func reread(_ database: Database) throws {
    (count, newest, least, greatest) = (0, nil, nil, nil)
    let rows = try Row.fetchCursor(
      database, sql: "SELECT epoch, loss, validation_loss FROM epochs ORDER BY epoch")
    while let row = try rows.next() {
      var fields = StoredFields(row, place: "epochs")
      let epoch = try fields.integer(1...1 << 40)
      let loss = try fields.real()
      count += 1
      note(Mark(epoch: epoch, loss: try fields.optionalReal() ?? loss))
    }
  }
}
