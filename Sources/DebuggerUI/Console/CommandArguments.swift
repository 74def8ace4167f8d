/// What stands behind a command's name in the command line, and where.
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
  /// The command's entry, to say what it needs.
  let entry: CommandEntry

  /// The rest of a line from a character on.
  init(_ line: [Character], from start: Int, of entry: CommandEntry) {
    var (first, end) = (start, line.count)
    while first < end, line[first].isWhitespace { first += 1 }
    while end > first, line[end - 1].isWhitespace { end -= 1 }
    text = String(line[first..<end])
    column = first
    self.entry = entry
  }

  /// Its words, which spaces part.
  var words: [Word] { CommandArguments.words(of: Array(text), column: column) }

  /// The words of a text whose first character stands at a column.
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
    if words.count > 1 { throw ConsoleError("\(entry.name) takes one word: \(sample).", at: words[1].column) }
    return words.first ?? Word(text: "", column: column)
  }

  /// The only word as a number.
  ///
  /// - Throws: ``ConsoleError`` if it is none.
  func number() throws(ConsoleError) -> Double { try CommandArguments.number(word()) }

  /// A word as a number.
  ///
  /// - Throws: ``ConsoleError`` if it is none.
  static func number(_ word: Word) throws(ConsoleError) -> Double {
    guard let number = Double(word.text) else {
      throw ConsoleError("“\(word.text)” is no number, such as 0.01 or 1e-3.", at: word.column)
    }
    return number
  }

  /// A word as a whole number from 1 on.
  ///
  /// - Throws: ``ConsoleError`` if it is none.
  static func count(_ word: Word, of what: String) throws(ConsoleError) -> Int {
    guard let number = Int(word.text), number >= 1 else {
      throw ConsoleError("“\(word.text)” is no \(what): give a whole number from 1 on.", at: word.column)
    }
    return number
  }

  /// The command with an example of what may follow it.
  var sample: String { "\(entry.name) \(entry.example)" }
}
