import Localization
import TerminalUI
import Trace

/// Keys as a user writes them in the configuration: `n`, `ctrl-n`, `F5`, `page-up`.
package enum KeyName {
  /// The key of a name.
  ///
  /// - Throws: a ``KeyMapError`` without a command where no key has that name, or the terminal keeps it for itself.
  package static func key(_ name: String) throws(KeyMapError) -> Key {
    let word = name.lowercased().replacing(" ", with: "-")
    if name.count == 1, let character = name.first {
      guard character != " " else { return " " }
      guard !character.isWhitespace, character.unicodeScalars.allSatisfy({ !isControl($0) }) else {
        throw unknown(name)
      }
      return .character(character)
    }
    if let key = named[word] { return key }
    if word.hasPrefix("f"), let number = Int(word.dropFirst()), (1...24).contains(number) {
      return .function(number)
    }
    guard let letter = control(word) else { throw unknown(name) }
    if let sent = sameAs[letter] {
      throw KeyMapError(
        localized("A terminal sends the same for '\(name)' as for '\(sent)': write '\(sent)'."))
    }
    guard !kept.contains(letter) else {
      throw KeyMapError(localized("'\(name)' never reaches the program: it is a signal."))
    }
    return .control(letter)
  }

  /// The name of a key, as ``key(_:)`` reads it.
  package static func of(_ key: Key) -> String {
    switch key {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "ctrl-\(character == " " ? "space" : String(character))"
    case .function(let number): "F\(number)"
    default: named.filter { $0.value == key }.map(\.key).max { $0.count < $1.count } ?? "\(key)"
    }
  }

  private static let named: [String: Key] = [
    "space": " ", "enter": .enter, "return": .enter, "esc": .escape, "escape": .escape, "tab": .tab,
    "shift-tab": .backTab, "backspace": .backspace, "delete": .delete, "insert": .insert, "up": .up,
    "down": .down, "left": .left, "right": .right, "home": .home, "end": .end, "page-up": .pageUp,
    "page-down": .pageDown,
  ]

  /// What terminals send for another key.
  private static let sameAs: [Character: String] = [
    "i": "tab", "j": "enter", "m": "enter", "h": "backspace", "[": "esc",
  ]

  /// What ends or stops a program: Control-C, Control-Z and Control-\.
  private static let kept: Set<Character> = ["c", "z", "\\"]

  /// The letter of `ctrl-n`; nil for another name.
  private static func control(_ word: String) -> Character? {
    guard let start = ["ctrl-", "control-", "c-", "^"].first(where: word.hasPrefix) else { return nil }
    let rest = word.dropFirst(start.count)
    if rest == "space" { return " " }
    guard rest.count == 1, let letter = rest.first, "abcdefghijklmnopqrstuvwxyz[\\]^_".contains(letter)
    else { return nil }
    return letter
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  private static func unknown(_ name: String) -> KeyMapError {
    let names = named.keys.sorted() + ["ctrl-n", "f1"]
    let near = NearestNames.names(to: name, among: names).first
    return KeyMapError(
      near.map { localized("There is no key '\(name)'; did you mean '\($0)'?") }
        ?? localized("There is no key '\(name)': write a character, ctrl-n, F5, or one such as page-up."))
  }
}

/// What is wrong with the keys of a command.
package struct KeyMapError: Error, Equatable {
  /// It as a sentence.
  package let message: String
  /// Whether it is about the command, and not about a key.
  package let isAboutCommand: Bool

  /// An error with its sentence.
  init(_ message: String, isAboutCommand: Bool = false) {
    (self.message, self.isAboutCommand) = (message, isAboutCommand)
  }
}
