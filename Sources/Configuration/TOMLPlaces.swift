/// Where the keys and values of a TOML text are: TOMLKit does not say.
///
/// The text is one that TOMLKit has read, so nothing is checked here.
struct TOMLPlaces {
  /// A key's place and its value's.
  struct Entry {
    let key: TextPlace
    let value: TextPlace
  }

  private var entries: [[String]: Entry] = [:]
  private let characters: [Character]
  private var index = 0
  private var place = TextPlace(line: 1, column: 1)

  /// The places of a text.
  init(_ text: String) {
    characters = Array(text)
    var table: [String] = []
    while skipBlanksAndComments(), let character = current {
      let start = place
      if character == "[" {
        while current == "[" || current == " " || current == "\t" { step() }
        let name = place
        table = readKey()
        entries[table] = Entry(key: name, value: name)
        while current == "]" || current == " " || current == "\t" { step() }
        continue
      }
      let key = table + readKey()
      guard current == "=" else {
        step()
        continue
      }
      step()
      skipSpaces()
      let value = place
      skipValue()
      entries[key] = Entry(key: start, value: value)
    }
  }

  /// The place of a key, or of what it is in.
  func entry(_ path: [String]) -> Entry? {
    var path = path
    while !path.isEmpty {
      if let entry = entries[path] { return entry }
      path.removeLast()
    }
    return nil
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func step() {
    guard let character = current else { return }
    index += 1
    if character.isNewline {
      place = TextPlace(line: place.line + 1, column: 1)
    } else {
      place.column += 1
    }
  }

  private mutating func skipSpaces() {
    while current == " " || current == "\t" { step() }
  }

  /// Goes to the next statement; false at the end.
  private mutating func skipBlanksAndComments() -> Bool {
    while let character = current {
      if character == "#" {
        skipLine()
      } else if character.isWhitespace {
        step()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func skipLine() {
    while let character = current, !character.isNewline { step() }
  }

  /// Reads a key, `a.b` or `"a b"`, and goes to what follows it.
  private mutating func readKey() -> [String] {
    var names: [String] = []
    while true {
      skipSpaces()
      if let quote = current, quote == "\"" || quote == "'" {
        names.append(readQuoted(quote))
      } else {
        var name = ""
        while let character = current, character.isLetter || character.isNumber || "-_".contains(character) {
          name.append(character)
          step()
        }
        names.append(name)
      }
      skipSpaces()
      guard current == "." else { return names }
      step()
    }
  }

  /// Reads a text on one line; of the escapes, only those of quotes and backslashes count in a key.
  private mutating func readQuoted(_ quote: Character) -> String {
    var text = ""
    step()
    while let character = current, character != quote {
      if character == "\\", quote == "\"" { step() }
      if let character = current { text.append(character) }
      step()
    }
    step()
    return text
  }

  /// Goes behind a value: a list or a table may go on over lines.
  private mutating func skipValue() {
    var depth = 0
    while let character = current {
      switch character {
      case "\"", "'": skipText(character)
      case "[", "{":
        depth += 1
        step()
      case "]", "}":
        depth -= 1
        step()
      case "#": skipLine()
      default:
        if character.isNewline, depth <= 0 { return }
        step()
      }
    }
  }

  private mutating func skipText(_ quote: Character) {
    let isLong =
      index + 2 < characters.count && characters[index + 1] == quote && characters[index + 2] == quote
    guard isLong else {
      _ = readQuoted(quote)
      return
    }
    for _ in 0..<3 { step() }
    var quotes = 0
    while let character = current, quotes < 3 {
      quotes = character == quote ? quotes + 1 : 0
      if character == "\\", quote == "\"" { step() }
      step()
    }
    // Up to two more quotes belong to the text.
    while current == quote { step() }
  }
}
