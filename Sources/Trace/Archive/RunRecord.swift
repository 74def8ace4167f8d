/// One entry of a recording, in the order in which things happened.
package enum RunRecord: Sendable, Equatable, Codable {
  /// Always the first.
  case origin(RunOrigin)
  /// The numbers of one step; steps that are recomputed are not recorded again.
  case scalars(StepScalars)
  /// The graph of this step, where it differs from that of the step before.
  case graph(step: Int, ComputationGraph)
  /// The state at the start of a step.
  case keyframe(StateSnapshot)
  /// The hash of the parameters and buffers at the start of a step.
  case hash(step: Int, UInt64)
  case epoch(EpochResult)
  case event(RunEvent)
  case thumbnails(step: Int, [Thumbnail])
  /// A step with all its values and gradients.
  case whole(WholeStep)
  /// Another future begins after this moment: what was recorded later is void.
  case fork(Position)
  /// The run reached its end.
  case finished
}

/// Records what happens in a run. It is called on the training queue, and must return at once.
package protocol RunRecorder: AnyObject, Sendable {
  /// Takes the records since the last call, several times a second.
  func record(_ records: [RunRecord])

  /// Whether a keyframe is wanted at the start of a step, `seconds` after the run began.
  ///
  /// Keyframes at least `minimumInterval` seconds apart cost little.
  func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool
}

/// The status of a recording, for the status line.
package struct RecordingStatus: Sendable, Equatable, Codable {
  /// The file's path.
  package var path: String
  /// **Units**: bytes that it takes on disk.
  package var byteCount: Int
  /// Why recording has stopped, as a sentence; nil while it works.
  package var problem: String?
  /// Whether something of the run could not be recorded; a recording that only has no room for states has not failed.
  package var hasFailed: Bool

  /// The state of a recording.
  package init(path: String, byteCount: Int, problem: String? = nil, hasFailed: Bool = false) {
    self.path = path
    self.byteCount = byteCount
    self.problem = problem
    self.hasFailed = hasFailed
  }
}
