/// A line of text that is being typed, with its cursor: a value that takes keys.
package struct TextInput: Hashable, Sendable {
  /// The most characters: what is typed or pasted beyond them is dropped, so that no key takes longer than the others.
  package static let longest = 4_096

  /// The text, one element for each column of the screen.
  package private(set) var characters: [Character]
  /// The character that the cursor is on; one past the last at the end.
  package private(set) var cursor: Int

  /// A line with the cursor at its end.
  package init(_ text: String = "") {
    characters = TextInput.printable(text)
    cursor = characters.count
  }

  /// The whole text.
  package var text: String { String(characters) }

  /// The text before the cursor.
  package var textBeforeCursor: String { String(characters[..<cursor]) }

  /// Whether nothing is typed.
  package var isEmpty: Bool { characters.isEmpty }

  /// Takes a key that types, deletes or moves the cursor; false for any other.
  ///
  /// The Control keys are those of a shell: A and E go to the ends, B and F move, D and H delete, W deletes a
  /// word, U and K delete what is before and after the cursor.
  package mutating func press(_ key: Key) -> Bool {
    switch key {
    case .character(let character):
      // Nothing that is typed at the end joins what comes after it.
      if character.isASCII, !character.isNewline, cursor == characters.count {
        guard cursor < TextInput.longest else { break }
        characters += TextInput.printable(String(character))
        cursor = characters.count
      } else {
        insert(String(character))
      }
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace, .control("h"): delete(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): delete(cursor..<min(characters.count, cursor + 1))
    case .control("w"): delete(startOfWord..<cursor)
    case .control("u"): delete(0..<cursor)
    case .control("k"): delete(cursor..<characters.count)
    default: return false
    }
    return true
  }

  /// Puts text in at the cursor, as typed or pasted: line ends and tabs become spaces.
  package mutating func insert(_ text: String) { replace(cursor..<cursor, with: text) }

  /// Puts text in the place of some characters, and the cursor after it.
  package mutating func replace(_ range: Range<Int>, with text: String) {
    let range = range.clamped(to: 0..<characters.count)
    let before = String(characters[..<range.lowerBound]) + String(TextInput.printable(text))
    let after = String(characters[range.upperBound...])
    // An accent joins the letter before it, so the characters are counted anew.
    characters = Array((before + after).prefix(TextInput.longest))
    cursor = min(before.count, characters.count)
  }

  private mutating func delete(_ range: Range<Int>) { replace(range, with: "") }

  /// Where the word before the cursor begins, as the shell sees it: after a space.
  private var startOfWord: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }

  /// The characters of a text that fit into one line; a line end at its end is dropped.
  private static func printable(_ text: String) -> [Character] {
    var scalars = String.UnicodeScalarView()
    let text = text.last?.isNewline == true ? text.dropLast() : text[...]
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .lineSeparator, .paragraphSeparator: scalars.append(" ")
      case .control: if scalar == "\n" || scalar == "\t" { scalars.append(" ") }
      // Of these only the joiner of emoji is wanted; others turn the direction of text around.
      case .format: if scalar == "\u{200d}" { scalars.append(scalar) }
      case .surrogate, .unassigned: break
      default: scalars.append(scalar)
      }
    }
    return Array(String(scalars))
  }
}
