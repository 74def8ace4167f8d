/// A recorded run, as a replay reads it.
package protocol RunArchive: Sendable {
  var origin: RunOrigin { get }
  /// The last step that was recorded.
  var lastStep: Int { get }
  /// **Units**: bytes that it takes on disk.
  var byteCount: Int { get }
  /// Whether a process is writing it now.
  var isBeingWritten: Bool { get }
  /// Whether the run reached its end.
  var isFinished: Bool { get }
  /// The state at the last keyframe at or before a step; nil where there is none.
  ///
  /// - Throws: an error that names the file and what is wrong with it.
  func keyframe(atOrBefore step: Int) throws -> StateSnapshot?
  /// The steps that have keyframes, in order.
  var keyframeSteps: [Int] { get }
  /// The hash at the start of a step; nil where none was recorded.
  func hash(at step: Int) throws -> UInt64?
  /// The graph of a step.
  func graph(at step: Int) throws -> ComputationGraph?
  /// The numbers of steps in a range, thinned to about `limit` of them with the extremes kept.
  func scalars(in steps: ClosedRange<Int>, limit: Int) throws -> [StepScalars]
  /// The numbers of all steps in a range, without the norms of gradients.
  func losses(in steps: ClosedRange<Int>) throws -> [StepScalars]
  /// The next steps of which there are numbers, those of about `limit` steps; nil where there are none.
  func stepsWithNumbers(after step: Int, limit: Int) throws -> ClosedRange<Int>?
  /// The last step that was done `seconds` after the run began.
  func step(atSeconds seconds: Double) throws -> Int
  func epochs() throws -> [EpochResult]
  func events() throws -> [RunEvent]
  /// The last pictures taken at or before a step.
  func thumbnails(atOrBefore step: Int) throws -> [Thumbnail]
  /// The steps that were recorded whole, in order.
  var wholeSteps: [Int] { get }
  /// The nodes of a step that was recorded whole, and the order in which they ran; nil where it was not.
  func wholeStep(_ step: Int) throws -> WatchedStep?
  /// The tensors of a node of a step that was recorded whole; those of all its nodes where `node` is nil.
  func tensors(of node: String?, at step: Int) throws -> [KeptTensor]
}

extension RunArchive {
  /// The norms are there too, where nothing else is said.
  package func losses(in steps: ClosedRange<Int>) throws -> [StepScalars] {
    try scalars(in: steps, limit: steps.count)
  }
  /// Every step has numbers, where nothing else is said.
  package func stepsWithNumbers(after step: Int, limit: Int) throws -> ClosedRange<Int>? {
    let last = lastStep
    return step < last ? step + 1...min(last, step + max(1, limit)) : nil
  }
  /// It takes nothing on disk, where nothing else is said.
  package var byteCount: Int { 0 }
  /// Nobody writes it, where nothing else is said.
  package var isBeingWritten: Bool { false }
  /// No step was recorded whole, where nothing else is said.
  package var wholeSteps: [Int] { [] }
  /// No step was recorded whole, where nothing else is said.
  package func wholeStep(_ step: Int) throws -> WatchedStep? { nil }
  /// No step was recorded whole, where nothing else is said.
  package func tensors(of node: String?, at step: Int) throws -> [KeptTensor] { [] }
  /// By default, the run reached its end.
  package var isFinished: Bool { true }
}
