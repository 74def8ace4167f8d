import Foundation
import PyTorch
import Synchronization
import Trace

/// Opens the recordings of a script's processes, each a file of its own.
final class RankRecordingOpener: Sendable {
  private let options: RecordingOptions
  private let openers = Mutex<[RecordingOpener]>([])

  /// Recordings at this path, and at paths like it for the other ranks.
  init(path: String?, budget: Int, replacesFile: Bool) {
    var options = RecordingOptions()
    (options.path, options.budget, options.replacesFile) = (path, budget, replacesFile)
    self.options = options
  }

  /// Where a rank is recorded to.
  ///
  /// - Throws: `RecordingError` if the file cannot be written.
  func recording(rank: Int) throws -> ScriptRecording {
    var options = options
    options.path = options.path.map { RankFiles.path($0, rank: rank) }
    let opener = RecordingOpener(options)
    openers.withLock { $0.append(opener) }
    return try opener.scriptRecording()
  }

  /// How the recordings are doing.
  var statuses: [RecordingStatus] { openers.withLock(\.self).compactMap(\.status) }

  /// Writes everything to the files.
  func finish() { for opener in openers.withLock(\.self) { opener.finish() } }
}

extension RecordingOpener {
  /// Where a script is recorded to, as the options say.
  ///
  /// - Throws: `RecordingError` if the file cannot be written.
  func scriptRecording() throws -> ScriptRecording {
    let plan = try plan()
    var recording = ScriptRecording()
    recording.recorder = plan.recorder
    recording.open = plan.open
    recording.wholeStepBytes = wholeStepBytes
    recording.status = { [self] in status }
    recording.origin = { description in
      RunOrigin(
        description: description, settings: nil, program: plan.program, machine: plan.machine, dataHash: 0,
        begun: plan.wallClock())
    }
    return recording
  }
}
