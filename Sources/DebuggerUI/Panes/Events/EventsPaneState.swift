import Localization
import Trace

/// What is chosen in the events pane.
package enum EventsChoice: Sendable, Equatable {
  /// A breakpoint, by its number.
  case breakpoint(Int)
  /// An event, by its number in the log.
  case event(Int)
}

/// What the events pane keeps.
package struct EventsPaneState: StatePart {
  /// The row that the user chose; nil for the newest event.
  package var choice: EventsChoice?

  /// What the breakpoints of a script cost; nil where that is not known.
  package var cost: BreakpointCost?

  /// The newest event is chosen.
  package init() {}
}

extension PaneID {
  /// The breakpoints, and what has happened.
  package static let events = PaneID(title: Sentence("Events"))
}

extension DebuggerState {
  /// What the events pane keeps.
  package var eventsPane: EventsPaneState {
    get { parts[EventsPaneState.self] }
    set { parts[EventsPaneState.self] = newValue }
  }

  /// All that can be chosen in the events pane, from top to bottom.
  var eventsChoices: [EventsChoice] {
    breakpoints.map { .breakpoint($0.id) } + events.entries.map { .event($0.number) }
  }

  /// What is chosen: what the user chose, or the newest event where that is no longer there.
  var chosenInEvents: EventsChoice? {
    let choices = eventsChoices
    return eventsPane.choice.flatMap { choices.contains($0) ? $0 : nil } ?? choices.last
  }

  /// The number of the chosen breakpoint; where none is chosen, of the only one.
  var chosenBreakpoint: Int? {
    if case .breakpoint(let number)? = chosenInEvents { return number }
    return breakpoints.count == 1 ? breakpoints.first?.id : nil
  }
}
