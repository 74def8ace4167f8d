import GRDB

/// The writer's side of the table `hashes`: when there are too many, every other one goes.
struct HashTable: Sendable {
  private var count = 0
  /// Hashes are kept at steps that are multiples of this from the first one on.
  private var spacing = 1

  /// The table of a new file.
  init() {}

  /// The state of the table in a file that is resumed.
  init(_ database: Database) throws {
    count = try Int.fetchOne(database, sql: "SELECT count(*) FROM hashes") ?? 0
  }

  /// Adds a hash; `always` keeps it even where others are thinned.
  mutating func add(
    _ hash: UInt64, at step: Int, always: Bool = false, _ budget: RecordingBudget, _ database: Database
  ) throws {
    guard always || (step - 1).isMultiple(of: spacing) else { return }
    try database.run(Schema.hashes.insertion, [step, Int64(bitPattern: hash)])
    count += 1
    guard count > budget.hashes else { return }
    // Hashes of keyframes prove that they are whole, and are in the table of keyframes too.
    while count > budget.hashes / 2, spacing < 1 << 40 {
      spacing *= 2
      try database.run("DELETE FROM hashes WHERE (iteration - 1) % ? != 0", [spacing])
      count = try Int.fetchOne(database, sql: "SELECT count(*) FROM hashes") ?? 0
    }
  }

  /// Deletes the hashes after a step.
  mutating func fork(after step: Int, _ database: Database) throws {
    try database.run("DELETE FROM hashes WHERE iteration > ?", [step])
    count = try Int.fetchOne(database, sql: "SELECT count(*) FROM hashes") ?? 0
  }
}
