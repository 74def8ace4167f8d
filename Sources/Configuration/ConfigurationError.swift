/// What is wrong with the configuration: one sentence, and where.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// The file; nil for an environment variable, which the sentence names.
  package let path: String?
  /// Where in the file; nil for the file as a whole.
  package let place: TextPlace?
  /// What is wrong.
  package let message: String

  /// An error in a file.
  package init(_ message: String, in path: String?, at place: TextPlace? = nil) {
    (self.path, self.place, self.message) = (path, place, message)
  }

  package var description: String {
    guard let path else { return message }
    return place.map { "\(path):\($0.line):\($0.column): \(message)" } ?? "\(path): \(message)"
  }
}
