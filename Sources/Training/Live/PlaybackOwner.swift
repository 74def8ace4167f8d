import Trace

/// Whose past a ``Playback`` shows.
protocol PlaybackOwner: AnyObject {
  /// The moment to show of a tape.
  func moment(at position: Position, of tape: Tape, isPlaying: Bool) -> Moment
  /// The graph of a whole step, where one is known.
  var template: ComputationGraph? { get }
  /// The last moment that the run has reached.
  var head: Position { get }
  /// What the run is doing where it is paused at a moment.
  func pausedStatus(at position: Position) -> RunUpdate.Status
  /// Why nothing can be changed, as a sentence; nil where it can.
  var changeObstacle: String? { get }
  /// The last step there is, at whose end the playback stops; nil where the head is its limit.
  var last: Int? { get }
  /// A step begins while the playback runs; returns a stop to go elsewhere.
  func willPlay(_ step: Int) throws -> Stop?
  /// A step is done while the playback runs.
  func didPlay(_ position: Position, _ tape: Tape) throws
  /// The playback reached the end of the last step; returns nil to pause there.
  func didReachEnd(at position: Position, isPlaying: Bool) throws -> Playback.Way?
  /// Carries out a setting of the run itself: its pace, or where it is recorded.
  func set(_ setting: Command)
  /// Waits until there is a request; returns a way to take at once.
  func waitForCommands() throws -> Playback.Way?
}
