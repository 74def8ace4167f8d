/// A recorded run, as a replay reads it.
package protocol RunArchive: Sendable {
  var origin: RunOrigin { get }
  /// The last iteration that was recorded.
  var lastIteration: Int { get }
  /// Whether a process is writing it now.
  var isBeingWritten: Bool { get }
  /// Whether the run reached its end.
  var isFinished: Bool { get }
  /// The state at the last keyframe at or before an iteration; nil where there is none.
  ///
  /// - Throws: an error that names the file and what is wrong with it.
  func keyframe(atOrBefore iteration: Int) throws -> StateSnapshot?
  /// The iterations that have keyframes, in order.
  var keyframeIterations: [Int] { get }
  /// The hash at the start of an iteration; nil where none was recorded.
  func hash(at iteration: Int) throws -> UInt64?
  /// The graph of an iteration.
  func graph(at iteration: Int) throws -> ComputationGraph?
  /// The numbers of iterations in a range, thinned to about `limit` of them with the extremes kept.
  func scalars(in iterations: ClosedRange<Int>, limit: Int) throws -> [IterationScalars]
  /// The last iteration that was done `seconds` after the run began.
  func iteration(atSeconds seconds: Double) throws -> Int
  func epochs() throws -> [EpochResult]
  func events() throws -> [RunEvent]
  /// The last pictures taken at or before an iteration.
  func thumbnails(atOrBefore iteration: Int) throws -> [Thumbnail]
}

extension RunArchive {
  /// Nobody writes it, where nothing else is said.
  package var isBeingWritten: Bool { false }
  /// By default, the run reached its end.
  package var isFinished: Bool { true }
}
