import Localization

/// What a key of the file takes.
package struct SettingKind: Sendable {
  /// It in words, such as `a whole number from 1 to 240`.
  package let expected: String
  /// All values that there are, where it is one of some words.
  package let words: [String]
  /// The value as an option of the command line takes it; nil where it is none that the key takes.
  package let argument: @Sendable (TOMLLiteral) -> String?
  /// The value of a text in the environment.
  package let value: @Sendable (String) -> TOMLLiteral

  /// One of some words.
  package static func word(of words: [String]) -> SettingKind {
    let names = words.map { TOMLLiteral.quoted($0) }
    return SettingKind(
      expected: localized("one of \(names.joined(separator: ", "))"), words: words,
      argument: { if case .string(let text) = $0, words.contains(text) { text } else { nil } },
      value: { .string($0) })
  }

  /// A text that is accepted.
  package static func text(
    _ expected: String, where accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
  ) -> SettingKind {
    SettingKind(
      expected: expected, words: [],
      argument: { if case .string(let text) = $0, accepts(text) { text } else { nil } },
      value: { .string($0) })
  }

  /// True or false.
  package static var flag: SettingKind {
    SettingKind(
      expected: localized("true or false"), words: [],
      argument: { if case .flag(let isOn) = $0 { isOn ? "true" : "false" } else { nil } },
      value: { text in
        switch text.lowercased() {
        case "true", "1", "yes", "on": .flag(true)
        case "false", "0", "no", "off": .flag(false)
        default: .string(text)
        }
      })
  }

  /// A whole number in a range.
  package static func wholeNumber(in range: ClosedRange<Int>) -> SettingKind {
    let expected =
      range.upperBound == .max
      ? localized("a whole number from \(range.lowerBound) on")
      : localized("a whole number from \(range.lowerBound) to \(range.upperBound)")
    return SettingKind(
      expected: expected, words: [],
      argument: { if case .integer(let number) = $0, range.contains(number) { "\(number)" } else { nil } },
      value: { text in Int(text).map { .integer($0) } ?? .string(text) })
  }

  /// A number that is accepted.
  package static func number(
    _ expected: String, where accepts: @escaping @Sendable (Double) -> Bool
  ) -> SettingKind {
    SettingKind(
      expected: expected, words: [],
      argument: {
        switch $0 {
        case .integer(let number) where accepts(Double(number)): "\(number)"
        case .number(let number) where accepts(number): "\(number)"
        default: nil
        }
      },
      value: { text in Double(text).map { .number($0) } ?? .string(text) })
  }

  /// A list of some of these words.
  package static func words(of words: [String], _ expected: String) -> SettingKind {
    SettingKind(
      expected: expected, words: words,
      argument: {
        guard case .list(let values) = $0 else { return nil }
        let texts = values.compactMap {
          if case .string(let text) = $0, words.contains(text) { text } else { nil }
        }
        return texts.count == values.count ? texts.joined(separator: ",") : nil
      },
      value: { text in .list(text.split(separator: ",").map { .string(String($0)) }) })
  }

  /// A list of whole numbers that is accepted.
  package static func wholeNumbers(
    _ expected: String, where accepts: @escaping @Sendable ([Int]) -> Bool
  ) -> SettingKind {
    SettingKind(
      expected: expected, words: [],
      argument: {
        guard case .list(let values) = $0 else { return nil }
        let numbers = values.compactMap { if case .integer(let number) = $0 { number } else { nil } }
        guard numbers.count == values.count, accepts(numbers) else { return nil }
        return numbers.map(String.init).joined(separator: ",")
      },
      value: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == parts.count ? .list(numbers.map { .integer($0) }) : .string(text)
      })
  }
}
