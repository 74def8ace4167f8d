import Localization
import Trace

/// Why a line cannot be carried out, as a sentence, and the character of the line that it is about.
package struct ConsoleError: Error, Sendable, Equatable {
  /// The sentence.
  package let message: String
  /// The character, from 0, that the caret points to; nil where the sentence is about the whole line.
  package let column: Int?

  /// An error at a character.
  package init(_ message: String, at column: Int? = nil) {
    self.message = message
    self.column = column
  }

  /// The sentence about a node that is not known.
  static func unknownNode(_ name: String, _ known: [String]) -> String {
    guard let guess = NearestNames.names(to: name, among: known).first else {
      return localized("There is no node '\(name)': tab lists those there are.")
    }
    return localized("There is no node '\(name)'; did you mean \(guess)?")
  }

  /// The sentence about a parameter that is not known.
  static func unknownParameter(_ name: String, _ known: [String]) -> String {
    guard let guess = NearestNames.names(to: name, among: known).first else {
      return localized("There is no parameter '\(name)': tab lists those there are.")
    }
    return localized("There is no parameter '\(name)'; did you mean \(guess)?")
  }
}
