import Trace

/// What has happened in the run, the newest last; the oldest are dropped when there are too many.
public struct EventLog: Sendable, Equatable {
  /// The events that are kept.
  public private(set) var events: [RunEvent] = []
  /// How many events were dropped: the number of the first that is kept.
  public private(set) var firstNumber = 0

  /// A log without events.
  public init() {}

  private static let limit = 4_096

  /// The numbers of the events that are kept; an event keeps its number.
  public var numbers: Range<Int> { firstNumber..<firstNumber + events.count }

  /// The event of a number; nil where it is not kept.
  public subscript(number: Int) -> RunEvent? {
    numbers.contains(number) ? events[number - firstNumber] : nil
  }

  /// Adds events that happened after all others.
  mutating func append(_ later: [RunEvent]) {
    events += later
    let excess = max(0, events.count - EventLog.limit)
    events.removeFirst(excess)
    firstNumber += excess
  }
}
