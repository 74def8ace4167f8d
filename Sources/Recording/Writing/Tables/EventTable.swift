import GRDB
import Localization
import Trace

/// The writer's side of the table `events`.
struct EventTable: Sendable {
  /// The longest text that is kept of an event, in characters.
  private static let textLimit = 4_000

  private var byteCount = 0
  private var isFull = false

  /// The table of a new file.
  init() {}

  /// The state of the table in a file that is resumed.
  init(_ database: Database) throws {
    byteCount = try Int.fetchOne(database, sql: "SELECT total(length(text) + 64) FROM events") ?? 0
  }

  /// Adds an event, as long as there is room for it.
  mutating func add(_ event: RunEvent, _ budget: RecordingBudget, _ database: Database) throws {
    guard !isFull else { return }
    isFull = byteCount > budget.events
    let kept =
      isFull
      ? RunEvent(
        .warning, at: event.position,
        localized("More happened than the recording has room for; later events are not kept."))
      : event
    let change = try kept.change.map { try RecordingJSON.text($0) }
    let text = String(kept.text.prefix(EventTable.textLimit))
    try database.run(
      Schema.events.insertion,
      [
        nil, kept.kind.rawValue, kept.position.step, kept.position.phase.rawValue, kept.position.node,
        kept.node,
        text, change,
      ])
    byteCount += text.utf8.count + 64
  }

  /// Deletes what happened after a moment.
  func fork(after position: Position, _ database: Database) throws {
    try database.run(
      "DELETE FROM events WHERE (iteration, phase, place) > (?, ?, ?)",
      [position.step, position.phase.rawValue, position.node])
  }
}
