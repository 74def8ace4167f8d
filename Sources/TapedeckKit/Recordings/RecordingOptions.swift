/// Whether and how a run is recorded.
public struct RecordingOptions: Sendable {
  /// The file to record into from the first step on; nil to record only when the user asks for it.
  public var path: String?
  /// **Units**: bytes. The most that a recording takes on disk.
  public var budget = 64 << 20
  /// Whether an existing file is overwritten.
  public var replacesFile = false
  /// The settings of `tapedeck train` as JSON; nil for another experiment.
  package var settings: String?

  /// Nothing is recorded until the user asks for it.
  public init() {}
}
