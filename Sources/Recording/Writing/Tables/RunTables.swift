import GRDB
import Trace

/// The writer's side of all tables: records go in, and what the tables hold stays within the budget.
///
/// A value: a transaction works on a copy, which takes the place of the old one if the transaction succeeds.
struct RunTables: Sendable {
  /// What keyframes took, for the plan of those to come.
  struct Keyframes: Sendable, Equatable {
    /// The last one that was added.
    var added: KeyframeTable.Outcome?
    /// The widest gap that giving up others made.
    var gap = 0
  }

  let budget: RecordingBudget
  private var scalars = ScalarTable()
  private var keyframes = KeyframeTable()
  private var hashes = HashTable()
  private var graphs = GraphTable()
  private var epochs = EpochTable()
  private var events = EventTable()
  private var thumbnails = ThumbnailTable()
  private var wholeSteps = WholeStepTable()
  /// Whether the run has ended.
  private var isFinished = false

  /// The tables of a new file.
  init(_ budget: RecordingBudget) { self.budget = budget }

  /// The tables of a file that is resumed.
  init(_ budget: RecordingBudget, _ database: Database) throws {
    self.budget = budget
    scalars = try ScalarTable(database)
    keyframes = try KeyframeTable(database)
    hashes = try HashTable(database)
    graphs = try GraphTable(database)
    epochs = try EpochTable(database)
    events = try EventTable(database)
    thumbnails = try ThumbnailTable(database)
    wholeSteps = try WholeStepTable(database)
  }

  /// Takes in records within a transaction.
  mutating func add(_ records: some Sequence<RunRecord>, _ database: Database) throws -> Keyframes {
    var result = Keyframes()
    for record in records { try add(record, &result, database) }
    try scalars.store(database)
    try scalars.thin(budget, database)
    result.gap = max(
      result.gap, try keyframes.shrink(to: budget.database(transaction: 1 << 18), database))
    return result
  }

  private mutating func add(
    _ record: RunRecord, _ result: inout Keyframes, _ database: Database
  ) throws {
    switch record {
    case .origin(let origin):
      try database.run(
        "INSERT OR IGNORE INTO about (name, value) VALUES ('origin', ?)", [try RecordingJSON.text(origin)])
    case .scalars(let row):
      try unfinish(database)
      try scalars.add(row, database)
    case .graph(let step, let graph): try graphs.add(graph, from: step, budget, database)
    case .keyframe(let snapshot):
      let outcome = try keyframes.add(snapshot, budget, database)
      (result.added, result.gap) = (outcome, max(result.gap, outcome.gap))
      try hashes.add(snapshot.hash, at: snapshot.step, always: true, budget, database)
    case .hash(let step, let hash): try hashes.add(hash, at: step, budget, database)
    case .epoch(let epoch): try epochs.add(epoch, budget, database)
    case .event(let event): try events.add(event, budget, database)
    case .thumbnails(let step, let pictures):
      try thumbnails.add(pictures, at: step, budget, database)
    case .whole(let step): try wholeSteps.add(step, budget, database)
    case .fork(let position): try fork(after: position, database)
    case .finished:
      try database.run(Schema.about.insertion, ["finished", "true"])
      isFinished = true
    }
  }

  /// A run that was given more epochs is no longer at its end.
  private mutating func unfinish(_ database: Database) throws {
    guard isFinished else { return }
    try database.run("DELETE FROM about WHERE name = 'finished'")
    isFinished = false
  }

  private mutating func fork(after position: Position, _ database: Database) throws {
    try scalars.fork(after: position.step, database)
    try keyframes.fork(after: position.step, database)
    try hashes.fork(after: position.step, database)
    try graphs.fork(after: position.step, database)
    try thumbnails.fork(after: position.step, database)
    try wholeSteps.fork(after: position.step, database)
    try epochs.fork(after: position.step, database)
    try events.fork(after: position, database)
    try database.run("DELETE FROM about WHERE name = 'finished'")
  }
}
