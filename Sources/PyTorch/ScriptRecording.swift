import Trace

/// Where a script's run is recorded to, and how its origin is described.
package struct ScriptRecording: Sendable {
  /// Takes the run in from its first step on; nil where nothing is recorded at first.
  package var recorder: (any RunRecorder)?
  /// Opens a recorder for a path that the user gives during the run.
  ///
  /// - Throws: an error whose description is a sentence for the user.
  package var open: (@Sendable (_ path: String) throws -> any RunRecorder)?
  /// **Units**: bytes. What a step that is recorded whole may take.
  package var wholeStepBytes = 0
  /// How the recording is doing; nil where there is none.
  package var status: @Sendable () -> RecordingStatus? = { nil }
  /// What the recording says of its origin.
  package var origin: @Sendable (RunDescription) -> RunOrigin = { description in
    RunOrigin(description: description, settings: nil, program: "", machine: "", dataHash: 0, begun: 0)
  }

  /// No recording.
  package init() {}
}
