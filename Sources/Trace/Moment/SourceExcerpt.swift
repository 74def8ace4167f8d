/// Some lines of the user's file around the operator of a moment.
package struct SourceExcerpt: Sendable, Equatable, Codable {
  /// The file's name without its folders.
  package var file: String
  /// The number of the first of the lines, from 1.
  package var firstLine: Int
  /// The lines, without control characters.
  package var lines: [String]
  /// The number of the line that called the operator.
  package var line: Int

  /// Lines of a file.
  package init(file: String, firstLine: Int, lines: [String], line: Int) {
    self.file = file
    self.firstLine = firstLine
    self.lines = lines
    self.line = line
  }
}
