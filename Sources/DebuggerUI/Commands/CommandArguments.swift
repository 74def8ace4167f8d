import Localization

/// What follows a command's name in the command line, and where.
struct CommandArguments {
  /// A word, and the character of the line at which it begins.
  struct Word {
    let text: String
    let column: Int
  }

  /// All of it, without the spaces around it.
  let text: String
  /// The character of the line at which it begins.
  let column: Int
  /// The command's row, to say what it needs.
  let row: CommandRow

  /// The rest of a line from a character on.
  init(_ line: [Character], from start: Int, of row: CommandRow) {
    var (first, end) = (start, line.count)
    while first < end, line[first].isWhitespace { first += 1 }
    while end > first, line[end - 1].isWhitespace { end -= 1 }
    text = String(line[first..<end])
    column = first
    self.row = row
  }

  /// Its words, which are separated by spaces.
  var words: [Word] { CommandArguments.words(of: Array(text), column: column) }

  /// The words of a text whose first character is at a column.
  static func words(of characters: [Character], column: Int = 0) -> [Word] {
    var words: [Word] = []
    var place = 0
    while place < characters.count {
      let end = characters[place...].firstIndex { $0.isWhitespace } ?? characters.count
      if end > place { words.append(Word(text: String(characters[place..<end]), column: column + place)) }
      place = end + 1
    }
    return words
  }

  /// The only word.
  ///
  /// - Throws: ``ConsoleError`` if there are more.
  func word() throws(ConsoleError) -> Word {
    let words = words
    if words.count > 1 {
      throw ConsoleError(localized("\(row.name) takes one word: \(sample)."), at: words[1].column)
    }
    return words.first ?? Word(text: "", column: column)
  }

  /// The only word, `on` or `off`.
  ///
  /// - Throws: ``ConsoleError`` if it is another.
  func onOrOff() throws(ConsoleError) -> Bool {
    let word = try word()
    switch word.text.lowercased() {
    case "on": return true
    case "off": return false
    default: throw ConsoleError(localized("'\(word.text)' is neither on nor off."), at: word.column)
    }
  }

  /// The only word as a number.
  ///
  /// - Throws: ``ConsoleError`` if it is not one.
  func number() throws(ConsoleError) -> Double { try CommandArguments.number(word()) }

  /// A word as a number.
  ///
  /// - Throws: ``ConsoleError`` if it is not one.
  static func number(_ word: Word) throws(ConsoleError) -> Double {
    guard let number = Double(word.text) else {
      throw ConsoleError(localized("'\(word.text)' is not a number, such as 0.01 or 1e-3."), at: word.column)
    }
    return number
  }

  /// A word as the number of a step.
  ///
  /// - Throws: ``ConsoleError`` if it is not one.
  static func step(_ word: Word) throws(ConsoleError) -> Int {
    guard let number = Int(word.text), number >= 1 else {
      throw ConsoleError(
        localized("'\(word.text)' is not a step: give a whole number of at least 1."), at: word.column)
    }
    return number
  }

  /// The command with an example of what may follow it.
  var sample: String { "\(row.name) \(row.example)" }

  /// The only word as a node's name, as far as the nodes are known.
  ///
  /// - Throws: ``ConsoleError`` if the graph has no such node.
  func node(_ state: DebuggerState, orModule takesModules: Bool = false) throws(ConsoleError) -> String {
    let word = try word()
    let known = state.nodeNames
    guard state.knowsAllNodes, !known.contains(word.text) else { return word.text }
    if takesModules, state.hasModule(word.text) { return word.text }
    throw ConsoleError(ConsoleError.unknownNode(word.text, known), at: word.column)
  }

  /// The only word as the rank of a process.
  ///
  /// - Throws: ``ConsoleError`` if there is no such process.
  func rank(_ state: DebuggerState) throws(ConsoleError) -> Int {
    let word = try word()
    let ranks = state.ranks?.rows.map(\.rank) ?? []
    guard let rank = Int(word.text), ranks.contains(rank) || ranks.isEmpty else {
      let known = ranks.map { "\($0)" }.joined(separator: ", ")
      throw ConsoleError(localized("There is no rank '\(word.text)', only \(known)."), at: word.column)
    }
    return rank
  }

  /// The only word as the number of a breakpoint.
  ///
  /// - Throws: ``ConsoleError`` if there is no such breakpoint.
  func breakpoint(_ state: DebuggerState) throws(ConsoleError) -> Int {
    let word = try word()
    guard let number = Int(word.text), state.breakpoints.contains(where: { $0.id == number }) else {
      let numbers = state.breakpoints.map { "\($0.id)" }.joined(separator: ", ")
      throw ConsoleError(
        state.breakpoints.isEmpty
          ? localized("There are no breakpoints: 'break' sets one.")
          : localized("There is no breakpoint '\(word.text)', only \(numbers)."),
        at: word.column)
    }
    return number
  }
}
