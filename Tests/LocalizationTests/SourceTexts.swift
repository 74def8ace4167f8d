import Foundation

/// The keys of the texts that the code hands to `localized`.
struct SourceTexts {
  /// Each key, and a file that has it.
  private(set) var files: [String: String] = [:]
  /// The places where `localized` is not called with a literal.
  private(set) var problems: [String] = []

  /// The folder of the package.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The texts of all sources of the program.
  static func all() -> SourceTexts {
    var texts = SourceTexts()
    let sources = package.appending(path: "Sources")
    let files = FileManager.default.enumerator(atPath: sources.path())?.compactMap { $0 as? String } ?? []
    for file in files.sorted() where file.hasSuffix(".swift") && !file.hasPrefix("Localization/") {
      guard let code = try? String(contentsOf: sources.appending(path: file), encoding: .utf8) else {
        continue
      }
      texts.add(code, file: file)
    }
    return texts
  }

  /// Adds the texts of some code.
  mutating func add(_ code: String, file: String) {
    let characters = Array(code)
    let calls = ["localized(", "Sentence("].map(Array.init)
    var place = 0
    while place < characters.count {
      // Most characters begin neither, and slices are slow.
      guard characters[place] == "l" || characters[place] == "S",
        let call = calls.first(where: { characters[place...].starts(with: $0) })
      else {
        place += 1
        continue
      }
      place += call.count
      while place < characters.count, characters[place].isWhitespace { place += 1 }
      var reader = LiteralReader(characters, at: place)
      if let key = reader.key() {
        files[key] = file
      } else {
        let rest = String(characters[place..<min(characters.count, place + 60)])
        // The function itself, and those that pass a sentence on.
        if !rest.hasPrefix("_ sentence") && !rest.hasPrefix("sentence)") {
          problems.append("\(file): \(rest)")
        }
      }
    }
  }
}

/// Reads a string literal of Swift as the key of a sentence.
struct LiteralReader {
  private let code: [Character]
  private var place: Int
  private var count = 0

  /// Reads from a place in some code.
  init(_ code: [Character], at place: Int) { (self.code, self.place) = (code, place) }

  /// The key of the literal that begins here; nil where none does.
  mutating func key() -> String? {
    let isLong = starts(with: "\"\"\"")
    guard isLong || starts(with: "\"") else { return nil }
    place += isLong ? 3 : 1
    var text = ""
    while place < code.count {
      if starts(with: isLong ? "\"\"\"" : "\"") {
        return (isLong ? LiteralReader.unindented(text) : text).replacing("\u{E000}", with: "\n")
      }
      if code[place] == "\\" { text += escape() } else { text.append(code[place]) }
      place += 1
    }
    return nil
  }

  private func starts(with text: String) -> Bool { code[place...].starts(with: text) }

  /// What an escape stands for; an interpolation is skipped and becomes its number.
  private mutating func escape() -> String {
    place += 1
    switch code[place] {
    case "n": return "\u{E000}"
    case "\n": return "\u{E001}"
    case "(":
      count += 1
      skipInterpolation()
      return "%\(count)"
    case let other: return String(other)
    }
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while place < code.count {
      switch code[place] {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0 { return }
      case "\"":
        var inner = LiteralReader(code, at: place)
        _ = inner.key()
        place = inner.place
      default: break
      }
      place += 1
    }
  }

  /// The text of a literal of several lines: without the indentation of its last line, and with its lines joined where
  /// they end in a backslash.
  private static func unindented(_ text: String) -> String {
    let indentation = text.reversed().prefix { $0 == " " }.count
    let lines = text.dropFirst().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.map { line in
      line.split(separator: "\u{E001}", omittingEmptySubsequences: false).map { part in
        part.prefix(indentation).allSatisfy { $0 == " " } ? String(part.dropFirst(indentation)) : String(part)
      }.joined()
    }.joined(separator: "\n")
  }
}
