import DebuggerUI
import Foundation
import Localization
import Numbers
import TerminalUI
import Trace

/// Findings as text: a paragraph each, worst first, and what was looked at.
package struct FindingsText {
  private let list: FindingList
  private let looked: LookedAt

  package init(_ list: FindingList, in looked: LookedAt) { (self.list, self.looked) = (list, looked) }

  /// The lines, with what has a colour on a terminal.
  var lines: [TextLine] {
    var list = list
    let findings = list.worstFirst.flatMap { finding in
      FindingsText.lines(finding, list.excerpt(of: finding)) + [TextLine()]
    }
    return findings + [TextLine(summary)]
  }

  /// How much was found, in how much of the run.
  package var summary: String {
    var sentences = [found]
    if list.mutedCount > 0 { sentences.append(localized("\(list.mutedCount) muted.")) }
    if looked.isCutShort { sentences.append(localized("--epochs N looks further.")) }
    return sentences.joined(separator: " ")
  }

  private var found: String {
    let count = list.shown.count
    guard let steps = looked.words else {
      return switch count {
      case 0: localized("Nothing was found.")
      case 1: localized("1 finding.")
      default: localized("\(count) findings.")
      }
    }
    return switch count {
    case 0: localized("Nothing was found in \(steps).")
    case 1: localized("1 finding in \(steps).")
    default: localized("\(count) findings in \(steps).")
    }
  }

  private static func lines(_ finding: Finding, _ source: SourceExcerpt?) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let subject = finding.subject.map { "  \($0)" } ?? ""
    let step = localized("step \(NumberText.grouped(finding.position.step))")
    var lines = [
      TextLine([
        Span(finding.severity.word, .foreground(finding.severity.color).bold),
        Span("  \(finding.rule)", .bold),
        Span(subject, .foreground(Accents.focus)), Span("  \(step)", muted),
      ]),
      TextLine("  \(finding.what)", .bold),
    ]
    lines += labelled(localized("evidence"), finding.evidence)
    lines += labelled(localized("cause"), [finding.cause])
    let remedies = finding.remedy
    lines += labelled(
      localized("remedy"), remedies.count < 2 ? remedies : remedies.enumerated().map { "\($0 + 1). \($1)" })
    lines += labelled(localized("where"), [finding.location].compactMap(\.self))
    if let source, let line = finding.place?.line, source.lines.indices.contains(line - source.firstLine) {
      lines.append(
        TextLine([Span("    \(line)  ", muted), Span(source.lines[line - source.firstLine].trimmedEnd)]))
    }
    return lines
  }

  private static func labelled(_ word: String, _ sentences: [String]) -> [TextLine] {
    sentences.enumerated().map { row, sentence in
      let head = (row == 0 ? word : "").padding(toLength: labelWidth, withPad: " ", startingAt: 0)
      return TextLine([Span("  \(head)", .foreground(Accents.muted)), Span(sentence)])
    }
  }

  private static var labelWidth: Int {
    2
      + ([localized("evidence"), localized("cause"), localized("remedy"), localized("where")].map(\.count)
        .max()
        ?? 0)
  }
}

extension StringProtocol {
  /// Without the spaces at its end.
  fileprivate var trimmedEnd: String {
    var text = Substring(self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
