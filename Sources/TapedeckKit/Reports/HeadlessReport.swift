import Foundation
import Localization
import Trace
import Training

/// Trains without a screen and prints one line per epoch to standard output.
struct HeadlessReport {
  let isJSON: Bool
  /// The rules of diagnosis whose findings are not told.
  var mutedRules: Set<String> = []

  /// The exit code of a run that a breakpoint ends.
  static let stopped: Int32 = 3

  /// Trains the experiment to its end on the calling thread.
  func run(_ experiment: Experiment) throws {
    let report = EpochReport(isJSON: isJSON, regression: experiment.preparation?.regression)
    try self.tell(experiment.preparation)
    var last: EpochResult?
    var findings = FindingList(muted: mutedRules)
    try HeadlessRun(experiment, now: monotonicSeconds).run {
      _ = try? Tapedeck.complain($0, code: 0)
    } find: {
      findings.tell($0)
    } report: { result in
      try write(report.line(for: result, of: experiment.epochs))
      last = result
    }
    if let last { try write(report.finalLine(for: last)) }
  }

  /// Trains a run that is recorded, to its end or until a signal; returns the exit code.
  func run(
    _ source: RunSource, recording plan: RecordingPlan, breakpoints: [Breakpoint] = []
  ) throws -> Int32 {
    var report = EpochReport(isJSON: isJSON)
    var problem: (any Error)?
    let run = HeadlessRecordingRun(
      source, recording: plan, breakpoints: breakpoints, now: monotonicSeconds)
    let signals = EndSignals { run.quit() }
    var (last, epochs): (EpochResult?, Int) = (nil, 0)
    var problems: Set<String> = []
    func complain(_ sentence: String) {
      if problems.insert(sentence).inserted { _ = try? Tapedeck.complain(sentence, code: 0) }
    }
    func tell(_ result: EpochResult) throws {
      try write(report.line(for: result, of: epochs))
      last = result
    }
    func begin(_ description: RunDescription) {
      epochs = description.epochs
      report.regression = description.regression
      do { try self.tell(description.preparation) } catch { problem = error }
    }
    var findings = FindingList(muted: mutedRules)
    let hit = try run.run(began: begin, warn: complain, find: { findings.tell($0) }, report: tell)
    if let problem { throw problem }
    if let code = signals.exitCode { return code }
    if let hit {
      return try Tapedeck.complain(
        localized("step \(hit.position.step): \(hit.text)."), code: HeadlessReport.stopped)
    }
    if let last {
      try write(report.finalLine(for: last))
    } else if epochs > 0 {
      // Only a recording that is resumed can have them.
      complain(localized("All \(epochs) epochs have been trained: --epochs \(epochs + 1) would train on."))
    }
    return 0
  }

  /// Says what was decided about the data, where something was: beside lines of JSON on standard error.
  private func tell(_ preparation: DataPreparation?) throws {
    guard let sentence = preparation?.sentence.withVisibleControls else { return }
    guard isJSON else { return try write(sentence) }
    _ = try Tapedeck.complain(sentence, code: 0)
  }

  /// Writes a line at once, so that the reader of a pipe sees each epoch as it ends.
  private func write(_ line: String) throws {
    try StandardOutput.printLine(line)
  }
}
