import Trace

/// What may stand in the place of a word that is being typed.
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
  package let candidates: [Candidate]

  /// The candidates that begin as what is typed, sorted only where their order says nothing.
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
  package static func at(_ text: String, in state: DebuggerState) -> Completion {
    let characters = Array(text)
    let hasEndedName = characters.drop { $0.isWhitespace }.contains { $0.isWhitespace }
    guard hasEndedName, let head = try? ConsoleParser.head(of: characters), head.end < characters.count else {
      let typed = text.drop { $0.isWhitespace }
      let names = CommandTable.entries.map { entry in
        Candidate(text: entry.name, ending: entry.read == nil ? "" : " ")
      }
      return Completion(names, typed: typed, endingAt: characters.count)
    }
    let argument = String(characters[head.end...])
    let delimiters = delimiters(of: head.entry.argument)
    let word = argument.suffix(while: { !delimiters.contains($0) })
    return Completion(
      candidates(for: head.entry.argument, after: argument, state), typed: word, endingAt: characters.count)
  }

  private static func delimiters(of kind: ArgumentKind) -> Set<Character> {
    kind == .condition ? [" ", "(", ")", "<", ">", "=", "!"] : [" "]
  }

  private static func candidates(
    for kind: ArgumentKind, after argument: String, _ state: DebuggerState
  ) -> [Candidate] {
    switch kind {
    case .none, .words, .number, .step, .file: []
    case .onOff: words(["on", "off"])
    case .pace: words(["off"])
    case .node: words(state.nodeNames)
    case .parameterCell: state.parameterNames.map { Candidate(text: $0, ending: "[") }
    case .breakpoint: words(state.breakpoints.map { "\($0.id)" })
    case .condition: conditionWords(state, isMeasuring: argument.last { $0 == "(" || $0 == ")" } == "(")
    case .view: words(ArgumentReading.views.map(\.name))
    case .pane: words(Pane.allCases.map { $0.title.lowercased() })
    }
  }

  private static func words(_ texts: [String]) -> [Candidate] { texts.map { Candidate(text: $0) } }

  /// Inside parentheses tensors; outside, what a breakpoint may be made of.
  private static func conditionWords(_ state: DebuggerState, isMeasuring: Bool) -> [Candidate] {
    if isMeasuring {
      return state.nodeNames.flatMap {
        [Candidate(text: $0, ending: ")"), Candidate(text: "\($0).grad", ending: ")")]
      }
    }
    let nodes = state.nodeNames.map { Candidate(text: $0, ending: " ") }
    let measures = Condition.Measure.allCases.map { Candidate(text: $0.rawValue, ending: "(") }
    let words = ["loss", "step", "epoch", "if", "and", "or", "forward", "backward", "update", "both", "any"]
    return nodes + (words.map { Candidate(text: $0, ending: " ") }) + measures
  }
}

extension StringProtocol {
  /// The characters at the end that all satisfy a condition.
  fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, case let before = index(before: start), condition(self[before]) {
      start = before
    }
    return Substring(self[start...])
  }
}
