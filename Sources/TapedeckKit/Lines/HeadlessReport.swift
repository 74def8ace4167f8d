import Foundation
import Trace

/// Trains without a screen and prints a line an epoch to standard output.
struct HeadlessReport {
  let isJSON: Bool

  /// Trains the experiment to its end on the calling thread.
  func run(_ experiment: Experiment) throws {
    let report = EpochReport(isJSON: isJSON)
    var last: EpochResult?
    try HeadlessRun(experiment, now: monotonicSeconds).run { result in
      try write(report.line(for: result, of: experiment.epochs))
      last = result
    }
    if let last { try write(report.finalLine(for: last)) }
  }

  /// Writes a line at once, so that a reader of the pipe sees each epoch as it ends.
  private func write(_ line: String) throws {
    try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }
}
