import Localization

/// A piece of a breakpoint's text: a word, a name in quotes, a sign, or its end.
struct BreakpointToken: Equatable {
  /// What a token is.
  enum Kind: Equatable {
    /// A name, a number or a key word; the grammar decides which.
    case word
    /// A name in double quotes, so that any name can be written.
    case quoted
    /// A parenthesis, a comparison, or what has no meaning in a breakpoint.
    case sign
    /// A quote that is not closed.
    case unclosed
    case end
  }

  let kind: Kind
  /// The word, the name without its quotes, or the sign.
  let text: String
  /// The character at which it begins, from 1.
  let column: Int

  /// The token as an error message quotes it.
  var quotation: String {
    switch kind {
    case .word, .sign: "'\(text)'"
    case .quoted: localized("the name '\(text)'")
    case .unclosed: localized("a quotation mark that is not closed")
    case .end: localized("the end")
    }
  }

  /// The tokens of a text; the last is always its end.
  static func tokens(of text: String) -> [BreakpointToken] {
    let characters = Array(text)
    var tokens: [BreakpointToken] = []
    var place = 0
    while place < characters.count {
      if characters[place].isWhitespace {
        place += 1
        continue
      }
      let (kind, content, end) = read(characters, at: place)
      tokens.append(BreakpointToken(kind: kind, text: content, column: place + 1))
      place = end
    }
    return tokens + [BreakpointToken(kind: .end, text: "", column: characters.count + 1)]
  }

  /// Whether a character is allowed in a name without quotes.
  static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  private static func read(_ characters: [Character], at start: Int) -> (Kind, String, Int) {
    let next = start + 1 < characters.count ? characters[start + 1] : nil
    switch characters[start] {
    case "\"": return quoted(characters, at: start)
    case "<", ">", "=", "!":
      return next == "=" ? (.sign, "\(characters[start])=", start + 2) : single(characters, at: start)
    case "-", "+":
      return next.map(isWordCharacter) == true
        ? word(characters, at: start) : single(characters, at: start)
    default:
      return isWordCharacter(characters[start])
        ? word(characters, at: start) : single(characters, at: start)
    }
  }

  private static func single(_ characters: [Character], at start: Int) -> (Kind, String, Int) {
    (.sign, String(characters[start]), start + 1)
  }

  /// A run of word characters, with the signs before a number and in its exponent, `-1e-5`.
  private static func word(_ characters: [Character], at start: Int) -> (Kind, String, Int) {
    var end = start + 1
    while end < characters.count {
      let character = characters[end]
      if !isWordCharacter(character) {
        let isExponent =
          (character == "-" || character == "+") && "eE".contains(characters[end - 1])
          && characters[start..<end - 1].allSatisfy { $0.isASCIINumberPart }
          && characters[start..<end - 1].contains { $0.isNumber }
          && end + 1 < characters.count && characters[end + 1].isASCIINumberPart
        guard isExponent else { break }
      }
      end += 1
    }
    return (.word, String(characters[start..<end]), end)
  }

  /// A name in quotes, in which a backslash escapes a quotation mark or a backslash.
  private static func quoted(_ characters: [Character], at start: Int) -> (Kind, String, Int) {
    var (name, place) = ("", start + 1)
    while place < characters.count, characters[place] != "\"" {
      if characters[place] == "\\", place + 1 < characters.count { place += 1 }
      name.append(characters[place])
      place += 1
    }
    return place < characters.count ? (.quoted, name, place + 1) : (.unclosed, name, place)
  }
}

extension Character {
  /// Whether it can be part of a decimal number before its exponent.
  fileprivate var isASCIINumberPart: Bool { "0123456789.+-".contains(self) }
}
