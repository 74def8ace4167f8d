/// One thing that a recording takes in. Records come in the order in which they happened.
public enum RunRecord: Sendable, Equatable, Codable {
  /// Always the first.
  case origin(RunOrigin)
  /// The numbers of one iteration; iterations that are recomputed are not recorded again.
  case scalars(IterationScalars)
  /// The graph of this iteration, where it differs from that of the iteration before.
  case graph(iteration: Int, ComputationGraph)
  /// The state at the start of an iteration.
  case keyframe(StateSnapshot)
  /// The hash of the parameters and buffers at the start of an iteration.
  case hash(iteration: Int, UInt64)
  case epoch(EpochResult)
  case event(RunEvent)
  case thumbnails(iteration: Int, [Thumbnail])
  /// Another future begins after this moment: what was recorded later is void.
  case fork(Position)
  /// The run came to its end.
  case finished
}

/// Takes in what happens in a run. It is called on the training queue, and must return at once.
public protocol RunRecorder: AnyObject, Sendable {
  /// Takes in records that have come together since the last call, several times a second.
  func record(_ records: [RunRecord])

  /// Whether a keyframe is wanted at the start of an iteration, `seconds` after the run began.
  ///
  /// Taking one is affordable when the last one is `apart` seconds ago.
  func wantsKeyframe(at iteration: Int, seconds: Double, apart: Double) -> Bool
}

/// How a recording is doing, for the status line.
public struct RecordingStatus: Sendable, Equatable, Codable {
  /// The file's path.
  public var path: String
  /// **Units**: bytes that it takes on disk.
  public var byteCount: Int
  /// Why nothing more is recorded, as a sentence; nil while all is well.
  public var problem: String?

  /// The state of a recording.
  public init(path: String, byteCount: Int, problem: String? = nil) {
    self.path = path
    self.byteCount = byteCount
    self.problem = problem
  }
}
