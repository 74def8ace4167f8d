import Localization
import TerminalUI
import Trace

extension EventsPane {
  static var commands: [CommandRow] { rows.map { $0.useful { !$0.eventsChoices.isEmpty } } }

  private static var rows: [CommandRow] {
    [
      .key(
        .enter, name: "go", help: localized("go to the chosen event's moment"), hint: localized("go"),
        in: .events
      ) {
        $0.goToEvent()
      },
      .key(
        "e", name: "switch", help: localized("switch the breakpoint on or off"), hint: localized("on/off"),
        in: .events
      ) {
        $0.edit(.toggle)
      }
      .taking(localized("[NUMBER]"), .breakpoint, example: "2", BreakpointCommands.edit(.toggle)),
      .key(
        "d", .delete, name: "delete", help: localized("delete the breakpoint"), hint: localized("delete"),
        in: .events
      ) {
        $0.edit(.delete)
      }
      .taking(localized("[NUMBER]"), .breakpoint, example: "2", BreakpointCommands.edit(.delete)),
      .key(
        "u", name: "back-to", help: localized("go back to where it was last hit"),
        hint: localized("last hit"), in: .events
      ) { $0.edit(.searchBack) }
      .taking(localized("[NUMBER]"), .breakpoint, example: "2", BreakpointCommands.edit(.searchBack))
      .needing(.searchBack),
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    let choices = state.eventsChoices
    guard let place = state.chosenInEvents.flatMap({ choices.firstIndex(of: $0) }) else { return }
    let target = max(0, min(place + direction.rows, choices.count - 1))
    // At the newest event the choice moves on to those to come.
    let isNewest = target == choices.count - 1 && state.events.count > 0
    state.eventsPane.choice = isNewest ? nil : choices[target]
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    if let cost = news.breakpointCost { state.eventsPane.cost = cost }
  }

  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    let choice = EventsPane(state).choice(atRow: mouse.y - area.y, in: area)
    state.eventsPane.choice = choice ?? state.eventsPane.choice
  }
}

extension DebuggerState {
  /// Does something with the chosen breakpoint.
  fileprivate mutating func edit(_ edit: BreakpointEdit) {
    guard let number = chosenBreakpoint, let place = breakpoints.firstIndex(where: { $0.id == number }) else {
      notice = .problem(
        breakpoints.isEmpty
          ? localized("There are no breakpoints: b sets one at the chosen node, B on a condition.")
          : localized(
            "No breakpoint is chosen: choose one in the events pane, or give its number, as in :delete 2."))
      return
    }
    self.edit(edit, number)
    if edit == .delete {
      let next = place < breakpoints.count ? place : place - 1
      eventsPane.choice = breakpoints.indices.contains(next) ? .breakpoint(breakpoints[next].id) : nil
    }
  }

  fileprivate mutating func goToEvent() {
    switch chosenInEvents {
    case .event(let number)?:
      guard let entry = events[number] else { return }
      guard !entry.isOfGhost else {
        notice = .problem(
          localized("This happened in a future that was dropped: its moment no longer exists."))
        return
      }
      visit(.seek(entry.event.position))
    case .breakpoint(let number)?: edit(.toggle, number)
    case nil: break
    }
  }
}
