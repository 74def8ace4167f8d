import Localization
import Numbers
import TerminalUI
import Trace

/// A finding opened to what it says: evidence, cause, remedy and place.
struct FindingText {
  private let finding: Finding
  private let source: SourceExcerpt?

  init(_ finding: Finding, _ state: DebuggerState) {
    self.finding = finding
    source = state.diagnosis.sources[finding.id]
  }

  /// The rows at a width, above those of the file.
  func lines(width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let severity = finding.severity
    let head = TextLine([
      Span("\(severity.sign) ", .foreground(severity.color).bold), Span(finding.what, .bold),
    ])
    let step = localized("step \(NumberText.grouped(finding.position.step))")
    let kind = TextLine([
      Span("\(severity.word)  ", .foreground(severity.color)), Span("\(finding.rule)  \(step)", muted),
    ])
    return head.wrapped(width: width) + kind.wrapped(width: width) + [TextLine()]
      + labelled(localized("evidence"), finding.evidence, width)
      + labelled(localized("cause"), [finding.cause], width)
      + labelled(localized("remedy"), numbered(finding.remedy), width)
      + labelled(localized("where"), [finding.location].compactMap(\.self), width) + [controls] + sourceLines
  }

  /// What can be clicked.
  private var controls: TextLine {
    PaneTitle.controls([
      (word: localized("show me"), command: "show-finding", isOn: true),
      (word: localized("mute \(finding.rule)"), command: "mute \(finding.rule)", isOn: false),
    ])
  }

  /// The user's file around it.
  private var sourceLines: [TextLine] {
    guard let source, let line = finding.place?.line else { return [] }
    let view = SourceView(source: source, faults: [line])
    return [TextLine()] + source.lines.indices.map(view.line)
  }

  private func numbered(_ sentences: [String]) -> [String] {
    sentences.count < 2 ? sentences : sentences.enumerated().map { "\($0 + 1). \($1)" }
  }

  /// Sentences with a word at the left of the first, and an empty row below.
  private func labelled(_ word: String, _ sentences: [String], _ width: Int) -> [TextLine] {
    guard !sentences.isEmpty else { return [] }
    let column = FindingText.words.map(\.count).max() ?? 0
    let lines = sentences.flatMap { TextLine($0).wrapped(width: max(8, width - column - 2)) }
    return lines.enumerated().map { row, line in
      let word = row == 0 ? word : ""
      let pad = String(repeating: " ", count: column + 2 - word.count)
      return TextLine(word + pad, .foreground(Accents.muted)) + line
    } + [TextLine()]
  }

  private static var words: [String] {
    [localized("evidence"), localized("cause"), localized("remedy"), localized("where")]
  }
}
