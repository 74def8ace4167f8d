import TerminalUI

extension EventsPane {
  static let minimum = Size(width: 34, height: 9)

  static func hasContent(_ state: DebuggerState) -> Bool {
    !state.breakpoints.isEmpty || state.events.count > 0
  }

  /// A row for each breakpoint and event, and the line between.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    let (stops, events) = (state.breakpoints.count, state.events.count)
    guard stops + events > 0 else { return 2 }
    return stops + events + (stops > 0 && events > 0 ? 1 : 0)
  }
}
