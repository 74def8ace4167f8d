/// Why a line cannot be obeyed, as a sentence, and the character of the line that it is about.
package struct ConsoleError: Error, Sendable, Equatable {
  package let message: String
  /// The character, from 0, under which a caret stands; nil where no one character is to blame.
  package let column: Int?

  /// An error at a character.
  package init(_ message: String, at column: Int? = nil) {
    self.message = message
    self.column = column
  }
}
