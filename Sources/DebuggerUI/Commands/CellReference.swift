import Localization
import Trace

/// A cell of a parameter, or of any node, as the user types it: `fc1.weight[3,4]`.
struct CellReference: Equatable {
  /// What may have the cell.
  enum Kind {
    case parameter, node
  }

  /// The parameter or node that has the cell.
  let owner: String
  let index: [Int]
  /// Its place in row-major order; nil while the parameter's shape is not known.
  let place: Int?

  /// Reads a cell that begins at a column of the line.
  ///
  /// - Throws: ``ConsoleError`` if it is not a cell, or the parameter has no such cell.
  init(
    _ text: [Character], of kind: Kind = .parameter, column: Int, _ state: DebuggerState
  ) throws(ConsoleError) {
    let open = text.firstIndex(of: "[") ?? text.count
    owner = String(text[..<open]).trimmed
    let known = kind == .parameter ? state.parameterNames : state.knowsAllNodes ? state.nodeNames : []
    guard known.isEmpty || known.contains(owner) else {
      let sentence =
        kind == .node
        ? ConsoleError.unknownNode(owner, known) : ConsoleError.unknownParameter(owner, known)
      throw ConsoleError(sentence, at: column)
    }
    let shape = (state.moment?.graph.node(named: owner) ?? state.wholeGraph?.node(named: owner))?.shape
    let example = "\(owner)[\((shape ?? [0, 0]).map { _ in "0" }.joined(separator: ","))]"
    guard open < text.count else {
      throw ConsoleError(localized("Which cell? Name one, such as \(example)."), at: column + open)
    }
    guard let close = text.firstIndex(of: "]") else {
      throw ConsoleError(localized("A ']' is missing after the cell's indices."), at: column + text.count)
    }
    if let rest = text[(close + 1)...].firstIndex(where: { !$0.isWhitespace }) {
      throw ConsoleError(localized("Nothing can follow the cell here."), at: column + rest)
    }
    index = try CellReference.index(text[(open + 1)..<close], column: column)
    guard let shape else {
      place = nil
      return
    }
    guard index.count == shape.count, zip(index, shape).allSatisfy({ $0 < $1 }) else {
      throw ConsoleError(
        localized("\(owner) is \(ShapeText.of(shape)), so it has no cell \(index): indices start at 0."),
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
        throw ConsoleError(localized("The shape of \(owner) is not known yet: run a step first."))
      }
      return place
    }
  }

  private static func index(_ text: ArraySlice<Character>, column: Int) throws(ConsoleError) -> [Int] {
    var index: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(String(part).trimmed), number >= 0 else {
        throw ConsoleError(
          localized("'\(String(part).trimmed)' is not an index: use whole numbers of at least 0."),
          at: column + part.startIndex)
      }
      index.append(number)
    }
    return index
  }
}
