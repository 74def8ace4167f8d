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

  /// The sentence about a name that is not known.
  static func unknown(_ kind: String, _ name: String, _ known: [String]) -> String {
    let guess = Spelling.nearest(to: name, among: known)
    return "There is no \(kind) “\(name)”"
      + (guess.map { "; did you mean \($0)?" } ?? ": tab lists those there are.")
  }
}
