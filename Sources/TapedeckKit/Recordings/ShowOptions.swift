/// How a recording is shown.
package struct ShowOptions: Sendable {
  /// The file.
  package var path: String
  /// The step to start at; nil for the first, or in a watched run the last.
  package var step: Int?
  /// How many times as fast as it was recorded.
  package var speed = 1.0
  /// Whether another process is writing the file, and its end is to be followed.
  package var isWatching = false
  /// Whether to start paused.
  package var isPaused = false
  /// Whether the screen shows only ASCII characters.
  package var isASCIIOnly = false
  /// **Units**: bytes. The most memory for the keyframes that lead back to earlier steps.
  package var historyBytes = 256 << 20
  /// What is taught beside it.
  package var teaching = Teaching()
  /// What the user has chosen for the screen.
  package var screen = ScreenPreferences()
  /// How its experiment is made again.
  package var run = ReplayedRun()

  /// A file, played from its beginning.
  package init(path: String) { self.path = path }
}
