import Trace

/// What is chosen in the events pane.
package enum EventsChoice: Sendable, Equatable {
  /// A breakpoint, by its number.
  case breakpoint(Int)
  /// An event, by its number in the log.
  case event(Int)
}

extension DebuggerState {
  /// All that can be chosen in the events pane, from top to bottom.
  var eventsChoices: [EventsChoice] {
    breakpoints.map { .breakpoint($0.id) } + events.entries.map { .event($0.number) }
  }

  /// What is chosen: what the user chose, while it is there, and the newest event else.
  var chosenInEvents: EventsChoice? {
    let choices = eventsChoices
    return eventsChoice.flatMap { choices.contains($0) ? $0 : nil } ?? choices.last
  }

  /// The number of the breakpoint that is chosen; the only one, where none is.
  var chosenBreakpoint: Int? {
    if case .breakpoint(let number)? = chosenInEvents { return number }
    return breakpoints.count == 1 ? breakpoints.first?.id : nil
  }

  /// Chooses another row of the events pane.
  mutating func moveInEvents(by rows: Int) {
    let choices = eventsChoices
    guard let place = chosenInEvents.flatMap({ choices.firstIndex(of: $0) }) else { return }
    let target = max(0, min(place + rows, choices.count - 1))
    // At the newest event the choice goes along with those to come.
    eventsChoice = target == choices.count - 1 && events.count > 0 ? nil : choices[target]
  }
}
