import Localization
import TerminalUI
import Trace

/// The commands that set breakpoints and switch them on and off.
enum BreakpointCommands {
  static var rows: [CommandRow] {
    [
      .key("b", name: "break-here", help: localized("set a breakpoint at the chosen node, or remove it")) {
        $0.toggleBreakpoint()
      },
      .key("B", name: "break", help: localized("stop at a node, on a condition, or both")) {
        $0.console = Console("break ")
      }
      .taking(
        localized("WHERE"), .condition, example: "norm(fc1.weight.grad) > 5", ArgumentReading.breakpoint),
      .typed(
        "enable", localized("NUMBER"), .breakpoint, example: "2", help: localized("switch a breakpoint on"),
        edit(.enable)),
      .typed(
        "disable", localized("NUMBER"), .breakpoint, example: "2", help: localized("switch a breakpoint off"),
        edit(.disable)),
    ]
  }

  /// Reads the number of a breakpoint that is to be changed.
  static func edit(_ edit: BreakpointEdit) -> CommandRow.Reader {
    { (arguments, state) throws(ConsoleError) in
      let number = try arguments.breakpoint(state)
      return { $0.edit(edit, number) }
    }
  }
}

/// What can be done with a breakpoint.
enum BreakpointEdit: Hashable, Sendable { case enable, disable, toggle, delete, searchBack }

extension DebuggerState {
  /// The number of the next breakpoint: none is given twice.
  var nextBreakpointNumber: Int { max(lastBreakpointNumber, breakpoints.map(\.id).max() ?? 0) + 1 }

  /// Sets a breakpoint, under the next number.
  mutating func add(_ breakpoint: Breakpoint) {
    var breakpoint = breakpoint
    breakpoint.id = nextBreakpointNumber
    lastBreakpointNumber = breakpoint.id
    breakpoints.append(breakpoint)
    notice = Notice(localized("breakpoint \(breakpoint.id): \(breakpoint.text)"))
    sendBreakpoints()
  }

  /// Sets a breakpoint on the shown node in every phase, or removes the one that is there.
  fileprivate mutating func toggleBreakpoint() {
    guard let node = shownNode else {
      notice = noNodeChosen
      return
    }
    let wanted = Breakpoint(id: 0, node: node)
    if let number = breakpoints.first(where: { $0.text == wanted.text })?.id { return edit(.delete, number) }
    add(wanted)
  }

  /// Does something with the breakpoint of a number.
  mutating func edit(_ edit: BreakpointEdit, _ number: Int) {
    guard let place = breakpoints.firstIndex(where: { $0.id == number }) else { return }
    let breakpoint = breakpoints[place]
    switch edit {
    case .enable: breakpoints[place].isEnabled = true
    case .disable: breakpoints[place].isEnabled = false
    case .toggle: breakpoints[place].isEnabled.toggle()
    case .delete:
      breakpoints.remove(at: place)
      notice = Notice(localized("breakpoint \(breakpoint.id) deleted: \(breakpoint.text)"))
    case .searchBack where breakpoint.stopsAtFindings: return visitLastFinding()
    case .searchBack:
      return ask(
        .searchBack(breakpoint),
        waiting: localized("searching back for breakpoint \(breakpoint.id): \(breakpoint.text) …"))
    }
    sendBreakpoints()
  }

  private mutating func visitLastFinding() {
    let before = moment?.position ?? .start
    guard let last = diagnosis.shown.map(\.position).filter({ $0 < before }).max() else {
      notice = .problem(localized("Nothing was found before this moment."))
      return
    }
    visit(.seek(last))
  }

  private mutating func sendBreakpoints() { send(.breakpoints(breakpoints)) }
}
