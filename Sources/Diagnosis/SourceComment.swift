import Trace

/// Comments in the user's source that mute a rule where it finds something: `# tapedeck: mute dead-relu`.
package enum SourceComment {
  private static let words = "tapedeck:"

  /// Whether a comment on the finding's line, or alone on the line before, mutes its rule. Several rules are separated by commas
  /// or spaces.
  package static func isMuted(_ finding: Finding, in lines: [String]) -> Bool {
    guard let line = finding.place?.line, lines.indices.contains(line - 1) else { return false }
    if rules(mutedIn: lines[line - 1]).contains(finding.rule) { return true }
    guard line >= 2 else { return false }
    let before = lines[line - 2].drop { $0.isWhitespace }
    return (before.hasPrefix("#") || before.hasPrefix("//"))
      && rules(mutedIn: lines[line - 2]).contains(finding.rule)
  }

  /// The rules that the comment of a line mutes.
  static func rules(mutedIn line: String) -> Set<String> {
    let start = ["#", "//"].compactMap { line.firstRange(of: $0)?.upperBound }.min()
    guard let start, let found = line[start...].firstRange(of: words) else { return [] }
    let text = line[found.upperBound...].split { $0 == " " || $0 == "," || $0 == "\t" }
    return text.first == "mute" ? Set(text.dropFirst().map(String.init)) : []
  }
}
