import Trace

extension ArgumentReading {
  /// `WHERE`: a node, a condition or both, in the words of breakpoints.
  static func breakpoint(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action
  {
    let breakpoint: Breakpoint
    do {
      breakpoint = try Breakpoint(id: state.nextBreakpointNumber, parsing: arguments.text)
    } catch {
      throw ConsoleError(error.message, at: arguments.column + error.column - 1)
    }
    let known = state.nodeNames
    let unknown = state.knowsAllNodes ? breakpoint.nodes.first { !known.contains($0) } : nil
    if let unknown {
      let column = arguments.text.characterOffset(of: unknown).map { $0 + arguments.column }
      throw ConsoleError(ArgumentReading.unknown("node", unknown, known), at: column)
    }
    return .addBreakpoint(breakpoint)
  }

  /// `NUMBER` of a breakpoint, to switch on.
  static func enabled(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    try edit(.enable, arguments, state)
  }

  /// `NUMBER` of a breakpoint, to switch off.
  static func disabled(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    try edit(.disable, arguments, state)
  }

  /// `NUMBER` of a breakpoint, to switch on or off.
  static func switched(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    try edit(.toggle, arguments, state)
  }

  /// `NUMBER` of a breakpoint, to delete.
  static func deleted(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    try edit(.delete, arguments, state)
  }

  /// `NUMBER` of a breakpoint, to go back to.
  static func searchedBack(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> Action
  {
    try edit(.searchBack, arguments, state)
  }

  private static func edit(
    _ edit: Action.Edit, _ arguments: CommandArguments, _ state: DebuggerState
  ) throws(ConsoleError) -> Action {
    let word = try arguments.word()
    guard let number = Int(word.text), state.breakpoints.contains(where: { $0.id == number }) else {
      let numbers = state.breakpoints.map { "\($0.id)" }.joined(separator: ", ")
      throw ConsoleError(
        state.breakpoints.isEmpty
          ? "There are no breakpoints: “break” sets one."
          : "“\(word.text)” is the number of no breakpoint: there \(numbers.count == 1 ? "is" : "are") \(numbers).",
        at: word.column)
    }
    return .breakpoint(edit, number: number)
  }
}

extension Breakpoint {
  /// The names of all nodes that it speaks of.
  var nodes: [String] { [node].compactMap { $0 } + (condition?.nodes ?? []) }
}

extension Condition {
  /// The names of all nodes that it measures. Conditions are as deep as what a user types.
  fileprivate var nodes: [String] {
    var (rest, names): ([Condition], [String]) = ([self], [])
    while let condition = rest.popLast() {
      switch condition {
      case .comparison(.measure(_, let tensor), _, _): names.append(tensor.node)
      case .comparison, .nan, .infinite: break
      case .and(let left, let right), .or(let left, let right): rest += [right, left]
      }
    }
    return names
  }
}

extension String {
  /// How many characters stand before the first place where `part` stands; nil where it stands nowhere.
  func characterOffset(of part: String) -> Int? {
    var rest = self[...]
    while !rest.hasPrefix(part) {
      guard rest.popFirst() != nil else { return nil }
    }
    return part.isEmpty ? nil : count - rest.count
  }
}
