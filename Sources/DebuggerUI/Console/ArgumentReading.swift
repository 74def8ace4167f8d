import Trace

/// Readers of what stands behind the names of commands.
enum ArgumentReading {
  /// `STEP [PHASE]`: a moment of the run; one that has not been is run on to.
  static func moment(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    let words = arguments.words
    let iteration = try CommandArguments.count(words[0], of: "step")
    if let last = state.lastStep, iteration > last {
      let what = state.description?.source == .live ? "run" : "recording"
      throw ConsoleError("The \(what)’s last step is \(last).", at: words[0].column)
    }
    guard words.count > 1 else { return .goTo(iteration: iteration, .batch) }
    let phases = Phase.allCases.filter { $0.name.hasPrefix(words[1].text.lowercased()) }
    guard words.count == 2, phases.count == 1 else {
      let word = words[min(words.count, 3) - 1]
      let names = Phase.allCases.map(\.name).joined(separator: ", ")
      throw ConsoleError(
        words.count > 2
          ? "goto takes a step and a phase: \(arguments.sample)." : "“\(word.text)” is none of \(names).",
        at: word.column)
    }
    return .goTo(iteration: iteration, phases[0])
  }

  /// `NUMBER|off`: iterations a second.
  static func pace(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    let word = try arguments.word()
    if word.text.lowercased() == "off" { return .pace(nil) }
    let pace = try CommandArguments.number(word)
    guard pace > 0, pace.isFinite else {
      throw ConsoleError("The pace is a number above 0, or off.", at: word.column)
    }
    return .pace(pace)
  }

  /// `NODE`, to run to.
  static func nodeToRunTo(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> Action
  {
    .runTo(node: try node(arguments.word(), state))
  }

  /// `NODE` or `CELL`, to look for a cause at.
  static func nodeToExplain(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> Action
  {
    guard arguments.text.contains("[") else {
      return .findCause(node: try node(arguments.word(), state), cell: nil)
    }
    let cell = try CellReference(Array(arguments.text), of: .node, column: arguments.column, state)
    return .findCause(node: cell.owner, cell: try cell.knownPlace)
  }

  /// `NODE`, to choose.
  static func choice(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    .choose(node: try node(arguments.word(), state))
  }

  /// `VIEW` of the node's tensor; a parameter's weight is its value.
  static func view(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    let word = try arguments.word()
    let matches = Set(views.filter { $0.name.hasPrefix(word.text.lowercased()) }.map(\.view))
    guard matches.count == 1, let view = matches.first else {
      let names = views.map(\.name).joined(separator: ", ")
      throw ConsoleError("“\(word.text)” is none of \(names).", at: word.column)
    }
    return .view(view)
  }

  /// The views by the names that a user may type.
  static let views: [(name: String, view: TensorView)] = [
    ("value", .value), ("weight", .value), ("gradient", .gradient), ("update", .update),
  ]

  /// `NUMBER` or name of a pane.
  static func pane(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    let word = try arguments.word()
    if let pane = Int(word.text).flatMap(Pane.init(rawValue:)) { return .pane(pane) }
    let named = Pane.allCases.filter { $0.title.lowercased().hasPrefix(word.text.lowercased()) }
    guard named.count == 1 else {
      let panes = Pane.allCases.map { "\($0.rawValue) \($0.title.lowercased())" }.joined(separator: ", ")
      throw ConsoleError("“\(word.text)” is no pane: they are \(panes).", at: word.column)
    }
    return .pane(named[0])
  }

  /// A node's name, as far as the nodes are known.
  ///
  /// - Throws: ``ConsoleError`` if the graph has no such node.
  static func node(_ word: CommandArguments.Word, _ state: DebuggerState) throws(ConsoleError) -> String {
    let known = state.nodeNames
    guard state.knowsAllNodes, !known.contains(word.text) else { return word.text }
    throw ConsoleError(unknown("node", word.text, known), at: word.column)
  }

  /// The sentence about a name that is not known.
  static func unknown(_ kind: String, _ name: String, _ known: [String]) -> String {
    let guess = Spelling.nearest(to: name, among: known)
    return "No \(kind) is called “\(name)”"
      + (guess.map { "; did you mean \($0)?" } ?? ": tab lists those there are.")
  }
}

extension DebuggerState {
  /// The names of the nodes, as far as they are known: the parameters before the first iteration.
  var nodeNames: [String] {
    let now = moment?.graph.nodes.map(\.name) ?? []
    let before = (wholeGraph?.nodes.map(\.name) ?? parameterNames).filter { !now.contains($0) }
    return now + before
  }

  /// The last step that can be gone to, as far as it is known: of a run its end, of a recording what was recorded.
  var lastStep: Int? {
    guard let description else { return nil }
    return description.source == .live ? description.iterationCount : moment?.head.iteration
  }

  /// Whether an iteration has been seen to its end, so that a name that is not known is a mistake.
  var knowsAllNodes: Bool { wholeGraph != nil }

  /// The parameters' names, as far as they are known.
  var parameterNames: [String] { description?.parameterNames ?? [] }
}
