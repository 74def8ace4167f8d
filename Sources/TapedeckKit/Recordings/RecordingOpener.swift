import Autograd
import Foundation
import Localization
import Recording
import Synchronization
import Trace
import Training

/// Opens recordings for a run, and closes them when the program ends.
package final class RecordingOpener: Sendable {
  /// The program that recordings name as their maker.
  package static let program = "tapedeck 0.1.0"

  private let options: RecordingOptions
  private let writers = Mutex<[RecordingWriter]>([])

  init(_ options: RecordingOptions) { self.options = options }

  /// The plan of a run that is recorded from its first step on, if the options say so.
  ///
  /// - Throws: `RecordingError` if the file cannot be written.
  func plan() throws -> RecordingPlan {
    let existing: RecordingWriter.Existing = options.replacesFile ? .replace : .refuse
    return try plan(recorder: options.path.map { try open($0, existing) })
  }

  /// The plan of a run that resumes a recording.
  ///
  /// - Throws: `RecordingError` if the file cannot be written.
  func plan(resuming path: String) throws -> RecordingPlan { plan(recorder: try open(path, .resume)) }

  /// **Units**: bytes. What a step that is recorded whole may take.
  var wholeStepBytes: Int { RecordingWriter.wholeStepBytes(ofBudget: options.budget) }

  /// How the last recording is doing; nil where there is none.
  var status: RecordingStatus? { writers.withLock { $0.last?.status } }

  /// Writes everything to the files.
  func finish() {
    for writer in writers.withLock(\.self) { writer.finish() }
  }

  private func plan(recorder: RecordingWriter?) -> RecordingPlan {
    RecordingPlan(
      recorder: recorder, open: { [self] path in try openOnScreen(path) }, settings: options.settings,
      program: RecordingOpener.program, machine: Machine.description,
      wallClock: { Date().timeIntervalSince1970 })
  }

  /// Opens a file that the user named on the screen, where there are no options.
  private func openOnScreen(_ path: String) throws -> RecordingWriter {
    do { return try open(path, .refuse) } catch RecordingError.exists(let path) {
      throw NameTaken(path: path)
    }
  }

  private func open(_ path: String, _ existing: RecordingWriter.Existing) throws -> RecordingWriter {
    var settings = RecordingWriter.Options()
    settings.budget = options.budget
    settings.existing = existing
    settings.isAtWork = ThreadTeam.shared.stayAway
    let writer = try RecordingWriter(path: path, options: settings)
    writers.withLock { $0.append(writer) }
    return writer
  }
}

extension RecordingWriter: ReportingRecorder {}

/// A recording that the user asks for on the screen would overwrite a file.
private struct NameTaken: Error, CustomStringConvertible {
  let path: String
  var description: String {
    localized("\(path) already exists: press R again and choose another name.")
  }
}
