import Trace

/// What may take the place of a word that is being typed.
package struct Completion: Sendable, Equatable {
  /// One of them.
  package struct Candidate: Sendable, Equatable {
    /// The word.
    package let text: String
    /// What follows it where it is the only one: a space before more, or a parenthesis.
    package var ending = ""
  }

  /// The characters of the line that a candidate replaces; they end at the cursor.
  package let range: Range<Int>
  /// What may take their place, in order.
  package let candidates: [Candidate]

  /// Those of the candidates that begin with what is typed.
  init(_ candidates: [Candidate], typed: Substring, endingAt end: Int) {
    range = end - typed.count..<end
    let wanted = typed.lowercased()
    self.candidates = candidates.filter { $0.text.lowercased().hasPrefix(wanted) }
    common = Completion.commonBeginning(self.candidates.map(\.text))
    self.typed = String(typed)
  }

  private let common: String
  private let typed: String

  /// What all candidates begin with, where that is more than what is typed.
  var addition: String? { common.count > typed.count ? common : nil }

  private static func commonBeginning(_ words: [String]) -> String {
    guard var common = words.first else { return "" }
    for word in words.dropFirst() {
      while !word.hasPrefix(common) { common.removeLast() }
    }
    return common
  }

  /// What may be typed at the cursor of a line whose text before it is given.
  package static func at(_ text: String, _ table: CommandTable, _ state: DebuggerState) -> Completion {
    let characters = Array(text)
    let hasEndedName = characters.drop { $0.isWhitespace }.contains { $0.isWhitespace }
    guard hasEndedName, let head = try? ConsoleParser.head(of: characters, table), head.end < characters.count
    else {
      let typed = text.drop { $0.isWhitespace }
      let names = table.rows.map { Candidate(text: $0.name, ending: $0.read == nil ? "" : " ") }
      return Completion(names, typed: typed, endingAt: characters.count)
    }
    let argument = String(characters[head.end...])
    let kind = head.row.argument
    let word = argument.suffix({ !kind.delimiters.contains($0) })
    return Completion(kind.candidates(argument, state), typed: word, endingAt: characters.count)
  }
}

/// What Tab offers behind a command's name.
struct ArgumentKind: Sendable {
  /// The characters that separate the words that are completed.
  var delimiters: Set<Character> = [" "]
  /// All candidates after what is typed behind the name.
  let candidates: @Sendable (_ typed: String, DebuggerState) -> [Completion.Candidate]

  /// Nothing.
  static let none = ArgumentKind { _, _ in [] }

  /// One of these words.
  static func words(_ texts: String...) -> ArgumentKind { words(texts) }

  /// One of these words.
  static func words(_ texts: [String]) -> ArgumentKind {
    ArgumentKind { _, _ in texts.map { Completion.Candidate(text: $0) } }
  }

  /// A node's name.
  static let node = ArgumentKind { $1.nodeNames.map { Completion.Candidate(text: $0) } }

  /// A parameter's name, before the cell in brackets.
  static let parameterCell = ArgumentKind {
    $1.parameterNames.map { Completion.Candidate(text: $0, ending: "[") }
  }

  /// A process's rank.
  static let rank = ArgumentKind { ($1.ranks?.rows ?? []).map { Completion.Candidate(text: "\($0.rank)") } }

  /// A breakpoint's number.
  static let breakpoint = ArgumentKind { $1.breakpoints.map { Completion.Candidate(text: "\($0.id)") } }

  private static let delimitersOfConditions: Set<Character> = [" ", "(", ")", "<", ">", "=", "!"]

  /// What may come next in a breakpoint: a node at its beginning, a tensor in a measure's parentheses.
  static let condition = ArgumentKind(delimiters: delimitersOfConditions) { typed, state in
    let before = typed.dropLast(typed.suffix { !delimitersOfConditions.contains($0) }.count)
    guard let word = before.split(separator: " ").last, let sign = word.last else {
      return words(state.nodeNames + ["any"], ending: " ") + words(["diagnosis"], ending: "") + conditions
    }
    switch sign {
    case "(":
      let name = word.dropLast().suffix { !delimitersOfConditions.contains($0) }
      guard Condition.Measure(rawValue: String(name)) != nil else { return conditions }
      return state.nodeNames.flatMap { words([$0, "\($0).grad"], ending: ")") }
    // After a comparison comes a number.
    case "<", ">", "=", "!": return []
    case ")": return needsComparison(before) ? [] : joints
    default: break
    }
    switch word.suffix({ !delimitersOfConditions.contains($0) }) {
    case "if", "and", "or": return conditions
    case "loss", "step", "epoch": return []
    case let number where Double(number) != nil: return joints
    default: return words(["forward", "backward", "update", "both", "if"], ending: " ")
    }
  }

  /// What a condition may begin with.
  private static var conditions: [Completion.Candidate] {
    // NaN and infinity are conditions alone, and measures too.
    let alone = ["nan", "inf"]
    let measures = Condition.Measure.allCases.map(\.rawValue).filter { !alone.contains($0) }
    return words(["loss", "step", "epoch"], ending: " ") + words(alone, ending: "")
      + words(measures, ending: "(")
  }

  /// What may come after a condition.
  private static var joints: [Completion.Candidate] { words(["and", "or"], ending: " ") }

  /// Whether the last parenthesis ends a measure that is not a condition by itself, `norm(fc1.weight)`, and not a group of conditions.
  private static func needsComparison(_ text: some StringProtocol) -> Bool {
    guard let open = text.lastIndex(of: "("), text[open...].filter({ $0 == ")" }).count == 1 else {
      return false
    }
    let name = text[..<open].suffix { !delimitersOfConditions.contains($0) }
    return Condition.Measure(rawValue: String(name)).map { $0.usualBound == nil } ?? false
  }

  private static func words(_ texts: [String], ending: String) -> [Completion.Candidate] {
    texts.map { Completion.Candidate(text: $0, ending: ending) }
  }
}

extension StringProtocol {
  /// The characters at the end that all satisfy a condition.
  fileprivate func suffix(_ condition: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, case let before = index(before: start), condition(self[before]) {
      start = before
    }
    return Substring(self[start...])
  }
}
