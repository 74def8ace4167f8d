import Trace

/// What has happened in the run, the newest last; the oldest are dropped where there are too many.
package struct EventLog: Sendable, Equatable {
  /// An event with its number, which stays the same.
  struct Entry: Sendable, Equatable {
    let number: Int
    let event: RunEvent
    /// Whether it happened in a future that was left and is kept as a ghost.
    var isOfGhost = false
  }

  private(set) var entries: [Entry] = []
  private var nextNumber = 0

  /// A log without events.
  package init() {}

  private static let limit = 4_096

  /// The events that are kept.
  package var events: [RunEvent] { entries.map(\.event) }

  /// How many events are kept.
  package var count: Int { entries.count }

  /// The entry of a number; nil where it is not kept.
  subscript(number: Int) -> Entry? { entries.last { $0.number == number } }

  /// Adds events that happened after all others; what a script wrote has a pane of its own.
  mutating func append(_ later: some Collection<RunEvent>) {
    for event in later where event.kind != .output && event.kind != .errorOutput {
      entries.append(Entry(number: nextNumber, event: event))
      nextNumber += 1
    }
    entries.removeFirst(max(0, entries.count - EventLog.limit))
  }

  /// Another future begins: the later events of the old one go with it, or are marked as a ghost's.
  mutating func take(_ fork: RunUpdate.Fork) {
    switch fork.future {
    case .dropped: entries.removeAll { !$0.isOfGhost && $0.event.position > fork.position }
    case .ghost:
      for place in entries.indices where entries[place].event.position > fork.position {
        entries[place].isOfGhost = true
      }
    }
  }

  /// Takes in the events of an update and its findings; events before its fork happened in the old future.
  mutating func take(_ update: RunUpdate) {
    // Of a finding that the run has not told as an event itself.
    defer { append(update.findings.map { RunEvent($0) }.filter { !update.events.contains($0) }) }
    guard let fork = update.fork else { return append(update.events) }
    let place = update.events.lastIndex { $0.kind == .fork } ?? 0
    append(update.events[..<place])
    take(fork)
    append(update.events[place...])
  }
}
