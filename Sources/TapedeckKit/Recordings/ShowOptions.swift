/// How a recording is shown.
public struct ShowOptions: Sendable {
  /// The file.
  public var path: String
  /// The step to start at; nil for the first, or in a watched run the last.
  public var step: Int?
  /// How many times as fast as it was recorded.
  public var speed = 1.0
  /// Whether another process is writing the file, and its end is to be followed.
  public var isWatching = false
  /// Whether to start paused.
  public var isPaused = false
  /// Whether the screen shows only ASCII characters.
  public var isASCIIOnly = false
  /// **Units**: bytes. The most memory for the keyframes that lead back to earlier steps.
  public var historyBytes = 256 << 20
  /// How its experiment is made again.
  public var run = ReplayedRun()

  /// A file, played from its beginning.
  public init(path: String) { self.path = path }
}
