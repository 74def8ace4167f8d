extension Breakpoint {
  /// The breakpoint that a text describes: `fc1.linear backward`, `loss > 10`, `fc1.relu if zeros(fc1.relu) > 0.9`.
  ///
  /// The text is `PLACE`, `CONDITION` or `PLACE if CONDITION`:
  /// - a place is a node's name, or `any` for every node, and then any of `forward`, `loss`, `backward`,
  ///   `update`, and `both` for forward and backward;
  /// - a condition compares `loss`, `step`, `epoch` or a measure of a tensor, `norm(fc1.weight.grad)`, with a
  ///   number by `<`, `<=`, `>`, `>=`, `==` or `!=`, or is `nan` or `inf`: such a value was just computed;
  ///   `and`, `or` and parentheses join conditions, and `and` binds tighter;
  /// - `dead`, `saturated` and `vanishing` of a tensor are conditions alone too: more than half of its units, or its gradient;
  /// - `diagnosis` is whatever the diagnosis finds;
  /// - `line train.py:42` is a line of the user's file, in a script's run;
  /// - a name with characters other than letters, digits, `_` and `.` is written in double quotes.
  ///
  /// - Throws: ``BreakpointSyntaxError`` with the first column that is wrong.
  public init(id: Int, parsing text: String) throws(BreakpointSyntaxError) {
    if let line = SourceLine(parsing: text) {
      self.init(id: id)
      self.line = line
      return
    }
    if text.split(separator: " ") == [BreakpointWords.diagnosis[...]] {
      self.init(id: id)
      stopsAtFindings = true
      return
    }
    var parser = BreakpointParser(text)
    self = try parser.breakpoint(id: id)
  }

  /// The breakpoint as it is written; parsing it gives the same one, except for its number.
  public var text: String {
    let when = condition.map { "\(BreakpointWords.when) \($0.text)" }
    if stopsAtFindings { return BreakpointWords.diagnosis }
    if let line { return "\(BreakpointWords.line) \(line.file):\(line.line)" }
    if node == nil, phases.isEmpty, let condition { return condition.text }
    let name = node.map(BreakpointWords.name) ?? BreakpointWords.any
    return ([name] + phaseWords + [when].compactMap { $0 }).joined(separator: " ")
  }

  private var phaseWords: [String] {
    let both = BreakpointWords.bothPhases
    guard phases.isSuperset(of: both) else { return phases.sorted().map(\.name) }
    return [BreakpointWords.both] + phases.subtracting(both).sorted().map(\.name)
  }
}

extension Breakpoint.SourceLine {
  /// The line that a text names, `line train.py:42`; nil for any other text.
  fileprivate init?(parsing text: String) {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0] == BreakpointWords.line, let colon = words[1].lastIndex(of: ":"),
      let line = Int(words[1][words[1].index(after: colon)...]), line > 0, colon > words[1].startIndex
    else { return nil }
    self.init(file: String(words[1][..<colon]), line: line)
  }
}
