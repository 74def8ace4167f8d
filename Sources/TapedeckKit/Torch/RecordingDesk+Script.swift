import Foundation
import PyTorch
import Trace

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
