import Recording
import Trace
import Training

/// What a check of a recording found, in sentences or as JSON.
package struct ReplayCheckText {
  private let check: ReplayCheck

  /// The text of a check.
  package init(_ check: ReplayCheck) { self.check = check }

  /// Whether all was run again and nothing was other than recorded.
  package var isFaithful: Bool { check.difference == nil && check.iterations == count }

  private var count: Int { check.last - check.first + 1 }

  /// The remarks, and in the last line what came of it.
  package var sentences: String {
    (check.remarks + [verdict]).map(\.withVisibleControls).joined(separator: "\n")
  }

  private var verdict: String {
    let steps = "\(check.iterations) of \(count) iterations were run again"
    if let difference = check.difference {
      return "\(steps); from iteration \(difference) on the numbers are not those recorded."
    }
    guard check.iterations == count else { return "\(steps), so nothing is proved of the others." }
    return "\(steps), and all \(check.hashes) recorded hashes were met, to the bit."
  }

  /// One JSON object.
  package func json() -> String {
    JSON([
      "first": check.first, "last": check.last, "iterations": check.iterations, "hashes": check.hashes,
      "faithful": isFaithful, "difference": check.difference, "remarks": check.remarks,
    ]).text()
  }
}

extension RecordingFiles {
  /// Runs a recording again without a screen, and compares it with its hashes.
  ///
  /// - Throws: `RecordingError` if the file cannot be read, or what running it throws.
  package static func check(_ options: ShowOptions) throws -> ReplayCheck {
    let archive = try RecordingReader(path: options.path)
    return try options.run.recorded(archive).check()
  }
}
