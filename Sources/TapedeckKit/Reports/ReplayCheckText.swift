import Localization
import Recording
import Trace
import Training

/// What a check of a recording found, in sentences or as JSON.
package struct ReplayCheckText {
  private let check: ReplayCheck

  /// The text of a check.
  package init(_ check: ReplayCheck) { self.check = check }

  /// Whether every step was run again and none differed from the recording.
  package var isFaithful: Bool { check.difference == nil && check.steps == count }

  private var count: Int { check.last - check.first + 1 }

  /// The remarks, and in the last line the result.
  package var sentences: String {
    ((check.isOfScript ? [] : check.remarks) + machines + [verdict]).map(\.withVisibleControls).joined(
      separator: "\n")
  }

  /// The machine that recorded, and this one, whose numbers are compared.
  private var machines: [String] {
    guard !check.isOfScript, !check.machineThere.isEmpty, !check.machineHere.isEmpty else { return [] }
    return [
      localized("there: \(check.machineThere)"), localized("here:  \(check.machineHere)"),
    ]
  }

  private var verdict: String {
    if check.isOfScript {
      return localized(
        "A script's steps cannot be computed again, so nothing was compared with the recording.")
    }
    if check.isOfOtherArithmetic {
      return localized(
        "It was recorded with other arithmetic, whose last digits differ, so nothing was compared with the recording."
      )
    }
    let steps = check.steps
    if let difference = check.difference {
      return localized(
        """
        \(steps) of \(count) steps were run again; from step \(difference) on, the numbers differ from the recorded ones.
        """)
    }
    guard steps == count else {
      return localized("\(steps) of \(count) steps were run again, so nothing is known about the others.")
    }
    return localized(
      "\(steps) of \(count) steps were run again, and all \(check.hashes) recorded hashes were reproduced.")
  }

  /// One JSON object.
  package func json() -> String {
    JSON([
      "first": check.first, "last": check.last, "iterations": check.steps, "hashes": check.hashes,
      "faithful": isFaithful, "there": check.machineThere, "here": check.machineHere,
      "difference": check.difference, "remarks": check.remarks,
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
