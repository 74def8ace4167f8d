/// How a recording is to be shown.
public struct ShowOptions: Sendable {
  /// The file.
  public var path: String
  /// The step to begin at; nil for the first, or for a run that is watched the last.
  public var step: Int?
  /// How many times as fast as it was recorded.
  public var speed = 1.0
  /// Whether another process is writing the file, and its end is to be followed.
  public var isWatching = false
  /// Whether to stand at the beginning.
  public var isPaused = false
  /// Whether the screen is to keep to ASCII.
  public var isASCIIOnly = false
  /// What the keyframes that lead back into the past may take in memory.
  public var historyBytes = 256 << 20
  /// How its experiment is made again.
  public var run = ReplayedRun()

  /// A file, played from its beginning.
  public init(path: String) { self.path = path }
}
