import Localization
import Recording
import Trace

/// What a repair did, as lines for people.
package struct RepairText {
  private let source: String
  private let written: String
  private let report: RepairReport?

  /// The text of a repair; nil for a recording that needed none.
  package init(source: String, written: String, _ report: RepairReport?) {
    self.source = source
    self.written = written
    self.report = report
  }

  /// The lines: what was kept, then what was lost.
  package var lines: [String] {
    rawLines.map(\.withVisibleControls)
  }

  private var rawLines: [String] {
    guard let report else {
      return [localized("\(source) is intact and in one file: there is nothing to repair.")]
    }
    let kept = RecordingCheckText(report.kept, nil).rows.filter {
      [
        localized("steps"), localized("numbers"), localized("keyframes"), localized("events"),
        localized("pictures"),
      ].contains($0.name)
    }
    let lost = report.losses.isEmpty ? [localized("nothing")] : report.losses.shortened
    return [localized("\(written) has what could be saved from \(source).")]
      + kept.map { localized("kept") + "  \($0.name): \($0.text)" }
      + lost.map { localized("lost") + "  \($0)" }
  }
}

extension [String] {
  /// The first of many lines, and how many more there are.
  var shortened: [String] {
    let limit = 20
    return count <= limit ? self : prefix(limit - 1) + [localized("… and \(count - limit + 1) more.")]
  }
}
