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
    guard let report else { return ["\(source) is intact and in one file: there is nothing to repair."] }
    let kept = RecordingCheckText(report.kept, nil).rows.filter {
      ["steps", "numbers", "keyframes", "events", "pictures"].contains($0.name)
    }
    let lost = report.losses.isEmpty ? ["nothing"] : report.losses.shortened
    return ["\(written) has what could be saved from \(source)."]
      + kept.map { "kept  \($0.name): \($0.text)" } + lost.map { "lost  \($0)" }
  }
}

extension [String] {
  /// The first of many lines, and how many more there are.
  var shortened: [String] {
    let limit = 20
    return count <= limit ? self : prefix(limit - 1) + ["… and \(count - limit + 1) more."]
  }
}
