import TerminalUI
import Trace

/// What of a recording is written, and as what.
public struct ExportOptions: Sendable {
  public var format: ExportFormat
  /// The file to write, for TensorBoard the folder; nil for standard output.
  public var output: String?
  /// Whether a file that is there already is written over.
  public var replacesFile = false
  /// The step whose tensor or parameters are written; nil for the last one.
  public var step: Int?
  public var phase = Phase.update
  /// The node whose tensor is written, or that a film looks at.
  public var node: String?
  public var view: TensorView?
  public var film = FilmOptions()
  /// How the experiment is made again.
  public var run = ReplayedRun()

  /// A recording in a format.
  public init(_ format: ExportFormat) { self.format = format }
}

/// How a recording is filmed.
public struct FilmOptions: Sendable, Equatable {
  public var columns = 120
  public var rows = 40
  /// How many times as fast as it was recorded; nil for as fast, but between 10 and 60 seconds.
  public var speed: Double?
  /// The first and the last step; nil for those of the recording.
  public var from: Int?
  public var to: Int?
  /// **Units**: seconds that a screen stays at most; nil for as long as it did.
  public var idleLimit: Double?

  /// A film of the whole recording.
  public init() {}

  var size: Size { Size(width: columns, height: rows) }
}
