/// A line of a file, as a finding names it.
package struct FindingPlace: Sendable, Equatable {
  /// The file as the finding has it: a name, a path, or `Module/File.swift`.
  package let file: String
  /// The line, from 1.
  package let line: Int

  /// A line of a file.
  package init(file: String, line: Int) { (self.file, self.line) = (file, line) }

  /// The file's name without its folders.
  package var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }
}

extension Finding {
  /// Where it is in the user's source; nil where that is not known.
  package var place: FindingPlace? {
    guard let location, let colon = location.lastIndex(of: ":"),
      let line = Int(location[location.index(after: colon)...]), (1...1 << 30).contains(line),
      colon > location.startIndex
    else { return nil }
    return FindingPlace(file: String(location[..<colon]), line: line)
  }
}
