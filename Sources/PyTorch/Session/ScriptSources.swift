import Trace

/// The user's files, read when a line of them is shown.
struct ScriptSources: Sendable {
  /// How many lines before and after the current one are shown.
  private static let linesAround = 30

  /// Reads the lines of a file; nil where it cannot be read.
  private let readLines: @Sendable (String) -> [String]?
  private var known: [String: [String]] = [:]

  /// Files of which none has been read.
  init(_ readLines: @escaping @Sendable (String) -> [String]?) { self.readLines = readLines }

  /// A file around one of its lines, `train.py:12`; nil where it cannot be read.
  mutating func excerpt(at place: String) -> SourceExcerpt? {
    guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...])
    else { return nil }
    let path = String(place[..<colon])
    let lines = known[path] ?? readLines(path) ?? []
    known[path] = lines
    guard (1...max(1, lines.count)).contains(line), !lines.isEmpty else { return nil }
    let first = max(1, line - ScriptSources.linesAround)
    let last = min(lines.count, line + ScriptSources.linesAround)
    return SourceExcerpt(
      file: ScriptSources.shortPlace(path), firstLine: first,
      lines: lines[first - 1..<last].map(OutputLines.cleaned),
      line: line)
  }

  /// A line without the folders of its file, `train.py:12`.
  static func shortPlace(_ place: String) -> String {
    place.split(separator: "/").last.map(String.init) ?? place
  }
}
