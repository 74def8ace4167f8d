import Foundation
import PyTorch
import Synchronization
import Trace

/// Opens the recordings of a script's processes, each a file of its own.
final class RecordingDesks: Sendable {
  private let options: RecordingOptions
  private let desks = Mutex<[RecordingDesk]>([])

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
    let desk = RecordingDesk(options)
    desks.withLock { $0.append(desk) }
    return try desk.scriptRecording()
  }

  /// How the recordings are doing.
  var statuses: [RecordingStatus] { desks.withLock(\.self).compactMap(\.status) }

  /// Writes everything to the files.
  func finish() { for desk in desks.withLock(\.self) { desk.finish() } }
}

extension RecordingDesk {
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
