/// A place in a text, as editors count it.
package struct TextPlace: Sendable, Equatable, Comparable {
  /// The line, from 1.
  package var line: Int
  /// The column in characters, from 1.
  package var column: Int

  /// A place.
  package init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

  package static func < (one: TextPlace, other: TextPlace) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}
