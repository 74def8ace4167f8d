import Trace

extension DebuggerState {
  /// The number of the next breakpoint: none is given twice.
  var nextBreakpointNumber: Int { max(lastBreakpointNumber, breakpoints.map(\.id).max() ?? 0) + 1 }

  /// Sets a breakpoint, under the next number.
  mutating func add(_ breakpoint: Breakpoint) -> [DebuggerEffect] {
    var breakpoint = breakpoint
    breakpoint.id = nextBreakpointNumber
    lastBreakpointNumber = breakpoint.id
    breakpoints.append(breakpoint)
    notice = Notice("breakpoint \(breakpoint.id): \(breakpoint.text)")
    return sendBreakpoints()
  }

  /// Sets a breakpoint on the shown node in every phase, or takes away the one that is there.
  mutating func toggleBreakpoint() -> [DebuggerEffect] {
    guard let node = shownNode else {
      notice = noNodeChosen
      return []
    }
    let wanted = Breakpoint(id: 0, node: node)
    if let number = breakpoints.first(where: { $0.text == wanted.text })?.id { return edit(.delete, number) }
    return add(wanted)
  }

  /// Does something with the breakpoint of a number, or with the chosen one.
  mutating func edit(_ edit: Action.Edit, _ number: Int?) -> [DebuggerEffect] {
    guard let place = breakpoints.firstIndex(where: { $0.id == number ?? chosenBreakpoint }) else {
      notice = .problem(
        breakpoints.isEmpty
          ? "There are no breakpoints: b sets one on the chosen node, B on a condition."
          : "No breakpoint is chosen: choose one in pane 7, or name its number.")
      return []
    }
    let breakpoint = breakpoints[place]
    switch edit {
    case .enable: breakpoints[place].isEnabled = true
    case .disable: breakpoints[place].isEnabled = false
    case .toggle: breakpoints[place].isEnabled.toggle()
    case .delete:
      breakpoints.remove(at: place)
      let next = place < breakpoints.count ? place : place - 1
      eventsChoice = breakpoints.indices.contains(next) ? .breakpoint(breakpoints[next].id) : nil
      notice = Notice("breakpoint \(breakpoint.id) is deleted: \(breakpoint.text)")
    case .searchBack: return searchBack(breakpoint)
    }
    return sendBreakpoints()
  }

  private mutating func searchBack(_ breakpoint: Breakpoint) -> [DebuggerEffect] {
    let effects = ask(.searchBack(breakpoint))
    if !effects.isEmpty {
      notice = .waiting("looking back for breakpoint \(breakpoint.id): \(breakpoint.text) …")
    }
    return effects
  }

  private mutating func sendBreakpoints() -> [DebuggerEffect] { [.command(.breakpoints(breakpoints))] }
}
