import Foundation

/// The texts of a language by their English ones.
package struct Translations: Sendable {
  /// The translations by key, such as `%1 of %2 nodes`.
  package let texts: [String: String]

  /// The Spanish ones, which are part of the program.
  package static let spanish = Translations(json: Data(PackageResources.es_json))

  /// The translations of a JSON object; none where it is not one.
  package init(json: Data) { texts = (try? JSONDecoder().decode([String: String].self, from: json)) ?? [:] }

  /// A sentence in this language; in English where it is missing.
  package func text(_ sentence: Sentence) -> String {
    guard let translation = texts[sentence.key] else { return sentence.english }
    let arguments = sentence.arguments
    return arguments.isEmpty ? translation : Translations.filling(translation, with: arguments)
  }

  /// Puts arguments at the numbers of their places, which may stand in any order.
  private static func filling(_ text: String, with arguments: [String]) -> String {
    var rest = text[...]
    var filled = ""
    while let mark = rest.firstIndex(of: "%") {
      let digits = rest[rest.index(after: mark)...].prefix { $0.isASCII && $0.isNumber }
      filled += rest[..<mark]
      if let number = Int(digits), arguments.indices.contains(number - 1) {
        append(arguments[number - 1], to: &filled)
      } else {
        filled += "%" + digits
      }
      rest = rest[digits.endIndex...]
    }
    return filled + rest
  }

  /// Adds an argument; `de` and `a` contract with the article that it may begin with.
  private static func append(_ argument: String, to text: inout String) {
    let contracts = argument.hasPrefix("el ") && [" de ", " a "].contains { (" " + text).hasSuffix($0) }
    if contracts { text.removeLast() }
    text += contracts ? argument.dropFirst() : argument[...]
  }
}
