import TerminalUI
import Trace

/// What of a recording is written, and as what.
package struct ExportOptions: Sendable {
  package var format: ExportFormat
  /// The file to write, for TensorBoard the folder; nil for standard output.
  package var output: String?
  /// Whether a file that is there already is written over.
  package var replacesFile = false
  /// The step whose tensor or parameters are written; nil for the last one.
  package var step: Int?
  package var phase = Phase.update
  /// The node whose tensor is written, or that a film looks at.
  package var node: String?
  package var view: TensorView?
  package var film = FilmOptions()
  /// How the experiment is made again.
  package var run = ReplayedRun()

  /// A recording in a format.
  package init(_ format: ExportFormat) { self.format = format }
}

/// How a recording is filmed.
package struct FilmOptions: Sendable, Equatable {
  package var columns = 120
  package var rows = 40
  /// How many times as fast as it was recorded; nil for as fast, but between 10 and 60 seconds.
  package var speed: Double?
  /// The first and the last step; nil for those of the recording.
  package var from: Int?
  package var to: Int?
  /// **Units**: seconds that a screen stays at most; nil for as long as it did.
  package var idleLimit: Double?

  /// A film of the whole recording.
  package init() {}

  var size: Size { Size(width: columns, height: rows) }
}
