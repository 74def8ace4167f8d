import Localization
import Trace

/// Readers of what follows the names of commands.
enum ArgumentReading {
  /// `STEP [PHASE]`: a moment of the run; one that has not been reached yet is run to.
  static func moment(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let words = arguments.words
    let step = try CommandArguments.step(words[0])
    if let last = state.lastStep, step > last {
      throw ConsoleError(
        state.description?.source == .live
          ? localized("The run's last step is \(last).") : localized("The recording's last step is \(last)."),
        at: words[0].column)
    }
    guard words.count > 1 else { return goTo(step, .batch) }
    let phases = Phase.allCases.filter { $0.name.hasPrefix(words[1].text.lowercased()) }
    guard words.count == 2, phases.count == 1 else {
      let word = words[min(words.count, 3) - 1]
      let names = Phase.allCases.map(\.name).joined(separator: ", ")
      throw ConsoleError(
        words.count > 2
          ? localized("goto takes a step and a phase: \(arguments.sample).")
          : localized("'\(word.text)' is not one of \(names)."),
        at: word.column)
    }
    return goTo(step, phases[0])
  }

  private static func goTo(_ step: Int, _ phase: Phase) -> CommandAction {
    { $0.visit(.goTo(Position(step: step, phase: phase, node: 0))) }
  }

  /// `NUMBER|off`: steps a second.
  static func pace(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let word = try arguments.word()
    if word.text.lowercased() == "off" { return { $0.setPace(nil) } }
    let pace = try CommandArguments.number(word)
    guard pace > 0, pace.isFinite else {
      throw ConsoleError(localized("The pace must be a number above 0, or off."), at: word.column)
    }
    return { $0.setPace(pace) }
  }

  /// `VIEW` of the node's tensor; a parameter's weight is its value.
  static func view(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let word = try arguments.word()
    if let part = (state.moment?.focus?.parts ?? []).first(where: { $0 == arguments.text }) {
      return { $0.choose(Focus(node: $0.shownNode, view: .value, part: part)) }
    }
    let matches = Set(views.filter { $0.name.hasPrefix(word.text.lowercased()) }.map(\.view))
    guard matches.count == 1, let view = matches.first else {
      let names = (views.map(\.name) + (state.moment?.focus?.parts ?? [])).joined(separator: ", ")
      throw ConsoleError(localized("'\(word.text)' is not one of \(names)."), at: word.column)
    }
    return { $0.choose(Focus(node: $0.shownNode, view: view)) }
  }

  /// The views by the names that a user may type.
  static let views: [(name: String, view: TensorView)] = [
    ("value", .value), ("weight", .value), ("gradient", .gradient), ("update", .update),
  ]

  /// `WHERE`: a node, a condition or both, as breakpoints are written.
  static func breakpoint(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
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
      throw ConsoleError(ConsoleError.unknownNode(unknown, known), at: column)
    }
    if let obstacle = state.wholeGraph.flatMap({ breakpoint.obstacle(in: $0) }) {
      let column = arguments.text.characterOffset(of: obstacle.node).map { $0 + arguments.column }
      throw ConsoleError(obstacle.sentence + ".", at: column)
    }
    return { $0.add(breakpoint) }
  }

  /// `VALUE` of a setting of the optimizer.
  static func setting(_ name: String) -> CommandRow.Reader {
    { (arguments, _) throws(ConsoleError) in
      let value = try arguments.number()
      return { $0.change(.hyperparameter(name: name, value: value)) }
    }
  }

  /// `on|off`: whether gradients are reset in each step.
  static func zeroGrad(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let isOn = try arguments.onOrOff()
    return { $0.change(.zeroGrad(isOn)) }
  }

  /// `CELL VALUE`: a parameter's cell; `NAME VALUE`: any setting of the optimizer.
  static func cellOrSetting(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let words = arguments.words
    guard words.count > 1, let last = words.last else {
      throw ConsoleError(
        localized("A value is missing: \(arguments.sample)."), at: arguments.column + arguments.text.count)
    }
    let value = try CommandArguments.number(last)
    let name = arguments.text.dropLast(last.text.count)
    guard name.contains("[") else {
      guard words.count == 2 else {
        throw ConsoleError(
          localized("set takes a cell and a value: \(arguments.sample)."), at: words[1].column)
      }
      if state.parameterNames.contains(words[0].text) {
        throw ConsoleError(
          localized("Which cell of \(words[0].text)? Name one: \(arguments.sample)."),
          at: words[0].column + words[0].text.count)
      }
      return { $0.change(.hyperparameter(name: words[0].text, value: value)) }
    }
    let cell = try CellReference(Array(name), column: arguments.column, state)
    return { $0.change(.cell(parameter: cell.owner, index: cell.index, value: value)) }
  }
}

extension DebuggerState {
  /// The names of the nodes, as far as they are known: the parameters before the first step.
  var nodeNames: [String] {
    let now = moment?.graph.nodes.map(\.name) ?? []
    let before = (wholeGraph?.nodes.map(\.name) ?? parameterNames).filter { !now.contains($0) }
    return now + before
  }

  /// Whether a module is in the graph, by its path.
  func hasModule(_ path: String) -> Bool { node(ofModule: path) != nil }

  /// The node that shows a module: its last operator, or else its last parameter; nil where there is no such module.
  func node(ofModule path: String) -> String? {
    let nodes = ((moment?.graph.nodes ?? []) + (wholeGraph?.nodes ?? []))
      .filter { $0.group == path || $0.group?.hasPrefix(path + ".") == true }
    return (nodes.last { $0.kind == .operation } ?? nodes.last)?.name
  }

  /// The last step that one can go to, as far as it is known: of a run its end, of a recording what was recorded.
  fileprivate var lastStep: Int? {
    guard let description else { return nil }
    guard description.source == .live else { return moment?.head.step }
    // Nobody knows how many steps a script makes.
    return description.isScript ? nil : description.stepCount
  }

  /// Whether a step has been seen to its end, so that a name that is not known is a mistake.
  var knowsAllNodes: Bool { wholeGraph != nil }

  /// The parameters' names, as far as they are known.
  var parameterNames: [String] { description?.parameterNames ?? [] }
}
