import Trace

extension ArgumentReading {
  /// `VALUE` of a setting of the optimizer.
  static func setting(_ name: String) -> CommandEntry.Reader {
    { (arguments, _) throws(ConsoleError) in
      .change(.hyperparameter(name: name, value: try arguments.number()))
    }
  }

  /// `on|off`: whether gradients are forgotten.
  static func zeroGrad(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError) -> Action {
    let word = try arguments.word()
    switch word.text.lowercased() {
    case "on": return .change(.zeroGrad(true))
    case "off": return .change(.zeroGrad(false))
    default: throw ConsoleError("“\(word.text)” is neither on nor off.", at: word.column)
    }
  }

  /// `CELL VALUE`: a parameter's cell; `NAME VALUE`: any setting of the optimizer.
  static func cellOrSetting(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> Action
  {
    let words = arguments.words
    guard words.count > 1, let last = words.last else {
      throw ConsoleError(
        "A value is missing: \(arguments.sample).", at: arguments.column + arguments.text.count)
    }
    let value = try CommandArguments.number(last)
    let name = arguments.text.dropLast(last.text.count)
    guard name.contains("[") else {
      guard words.count == 2 else {
        throw ConsoleError("set takes a cell and a value: \(arguments.sample).", at: words[1].column)
      }
      if state.parameterNames.contains(words[0].text) {
        throw ConsoleError(
          "Which cell of \(words[0].text)? Name one: \(arguments.sample).",
          at: words[0].column + words[0].text.count)
      }
      return .change(.hyperparameter(name: words[0].text, value: value))
    }
    let cell = try CellReference(Array(name), column: arguments.column, state)
    return .change(.cell(parameter: cell.owner, index: cell.index, value: value))
  }

  /// `CELL`: the cell whose gradient is checked.
  static func gradientCheck(_ arguments: CommandArguments, _ state: DebuggerState) throws(ConsoleError)
    -> Action
  {
    let cell = try CellReference(Array(arguments.text), column: arguments.column, state)
    return .checkGradient(parameter: cell.owner, cell: try cell.knownPlace)
  }
}

/// A cell of a parameter, or of any node, as a user types it: `fc1.weight[3,4]`.
struct CellReference: Equatable {
  /// What may have the cell.
  enum Kind: String {
    case parameter, node
  }

  /// The parameter or node that has the cell.
  let owner: String
  let index: [Int]
  /// Its place in row-major order; nil while the parameter's shape is not known.
  let place: Int?

  /// Reads a cell that begins at a column of the line.
  ///
  /// - Throws: ``ConsoleError`` if it is none, or none that the parameter has.
  init(
    _ text: [Character], of kind: Kind = .parameter, column: Int, _ state: DebuggerState
  ) throws(ConsoleError) {
    let open = text.firstIndex(of: "[") ?? text.count
    owner = String(text[..<open]).trimmed
    let known = kind == .parameter ? state.parameterNames : state.knowsAllNodes ? state.nodeNames : []
    guard known.isEmpty || known.contains(owner) else {
      throw ConsoleError(ArgumentReading.unknown(kind.rawValue, owner, known), at: column)
    }
    let shape = (state.moment?.graph.node(named: owner) ?? state.wholeGraph?.node(named: owner))?.shape
    let example = "\(owner)[\((shape ?? [0, 0]).map { _ in "0" }.joined(separator: ","))]"
    guard open < text.count else {
      throw ConsoleError("Which cell? Name one, such as \(example).", at: column + open)
    }
    guard let close = text.firstIndex(of: "]") else {
      throw ConsoleError("A “]” is missing after the cell's numbers.", at: column + text.count)
    }
    if let rest = text[(close + 1)...].firstIndex(where: { !$0.isWhitespace }) {
      throw ConsoleError("Nothing may stand after the cell here.", at: column + rest)
    }
    index = try CellReference.index(text[(open + 1)..<close], column: column)
    guard let shape else {
      place = nil
      return
    }
    guard index.count == shape.count, zip(index, shape).allSatisfy({ $0 < $1 }) else {
      throw ConsoleError(
        "\(owner) is \(ShapeText.of(shape)), so \(index) is no cell of it: each number counts from 0.",
        at: column + open + 1)
    }
    place = zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// The place in row-major order.
  ///
  /// - Throws: ``ConsoleError`` while the shape is not known.
  var knownPlace: Int {
    get throws(ConsoleError) {
      guard let place else {
        throw ConsoleError("The shape of \(owner) is not known yet: run a step first.")
      }
      return place
    }
  }

  private static func index(_ text: ArraySlice<Character>, column: Int) throws(ConsoleError) -> [Int] {
    var index: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(String(part).trimmed), number >= 0 else {
        throw ConsoleError(
          "“\(String(part).trimmed)” is no row or column, from 0 on.", at: column + part.startIndex)
      }
      index.append(number)
    }
    return index
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
