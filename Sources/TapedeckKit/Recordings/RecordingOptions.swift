/// Whether and how a run is recorded.
public struct RecordingOptions: Sendable {
  /// The file to record into from the first iteration on; nil to record only when the user asks for it.
  public var path: String?
  /// **Units**: bytes. What a recording may take on disk.
  public var budget = 64 << 20
  /// Whether a file that is there already is written over.
  public var replacesFile = false
  /// The settings of `tapedeck train` as JSON; nil for an experiment of one's own.
  package var settings: String?

  /// Nothing is recorded until the user asks for it.
  public init() {}
}
