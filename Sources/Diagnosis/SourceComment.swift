import Trace

/// Comments in the user's source that mute a rule where it finds something: `# tapedeck: mute dead-relu`.
package enum SourceComment {
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

  /// A comment that is meant to mute a rule, and mutes none.
  package struct Mistake: Equatable, Sendable {
    /// Its line, from 1.
    package var line: Int
    /// What comments of its language begin with.
    package var mark: String
    /// The rule that it may mean; nil where it names none that is like one.
    package var rule: String?

    /// A comment that mutes nothing.
    package init(line: Int, mark: String, rule: String?) {
      (self.line, self.mark, self.rule) = (line, mark, rule)
    }
  }

  /// The comments of a file that are in a wrong form, name no rule, or name only rules that there are not.
  package static func mistakes(in lines: [String]) -> [Mistake] {
    let known = Rule.all.map(\.name)
    return lines.enumerated().compactMap { place, line in
      guard let comment = Comment(line), comment.isMeantToMute else { return nil }
      // What follows a rule may be words about it.
      if comment.mutes, comment.names.contains(where: known.contains) { return nil }
      let near = comment.names.lazy
        .compactMap { NearestNames.names(to: $0, among: known, limit: 1).first }.first
      return Mistake(line: place + 1, mark: comment.mark, rule: near)
    }
  }

  /// The rules that the comment of a line mutes.
  static func rules(mutedIn line: String) -> Set<String> {
    guard let comment = Comment(line), comment.mutes else { return [] }
    return Set(comment.names)
  }

  /// What follows `tapedeck:` in the comment of a line.
  private struct Comment {
    let mark: String
    private let isExact: Bool
    private let verb: String
    let names: [String]

    /// Nil where the line has no such comment.
    init?(_ line: String) {
      let marks = ["#", "//"].compactMap { mark in
        line.firstRange(of: mark).map { (mark: mark, end: $0.upperBound) }
      }
      guard let start = marks.min(by: { $0.end < $1.end }),
        let found = line[start.end...].firstMatch(of: /tapedeck:/.ignoresCase())
      else { return nil }
      let text = line[found.range.upperBound...].split { $0 == " " || $0 == "," || $0 == "\t" }
        .map(String.init)
      mark = start.mark
      isExact = found.output == "tapedeck:"
      verb = text.first ?? ""
      names = Array(text.dropFirst())
    }

    /// Whether it mutes what it names.
    var mutes: Bool { isExact && verb == "mute" }

    /// Whether it is one that mutes, but for its form.
    var isMeantToMute: Bool { verb.lowercased().filter(\.isLetter) == "mute" }
  }
}
