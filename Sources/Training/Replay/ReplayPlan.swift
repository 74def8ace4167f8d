import Trace

/// How far the iterations of a recording can be run again here.
public enum Openness: Sendable, Equatable {
  /// All: the experiment and its data are here.
  case all
  /// Those that have keyframes, whose batch is in the recording; `reason` is a sentence that says why not all.
  case keyframes(reason: String)
  /// None; `reason` says why.
  case nothing(reason: String)

  /// Why some iterations cannot be run again; nil where all can.
  var reason: String? {
    switch self {
    case .all: nil
    case .keyframes(let reason), .nothing(let reason): reason
    }
  }
}

/// An experiment made from a recording, and how far it can be run again.
public struct ReplayedExperiment {
  public let experiment: Experiment
  public let openness: Openness

  /// An experiment to replay.
  public init(_ experiment: Experiment, openness: Openness) {
    self.experiment = experiment
    self.openness = openness
  }
}

/// How a recording is to be shown.
public struct ReplayPlan: Sendable {
  public var archive: any RunArchive
  /// The file's name, for the status line.
  public var file: String
  /// Whether another process is writing the file, and its end is to be followed.
  public var isWatching: Bool
  /// The iteration to begin at; nil for the first, or where it is watched for the last.
  public var start: Int?
  /// How many times as fast as it was recorded; nil for as fast as can be.
  public var speed: Double?

  /// A plan to show a recording.
  public init(
    _ archive: any RunArchive, file: String, isWatching: Bool = false, start: Int? = nil, speed: Double? = 1
  ) {
    self.archive = archive
    self.file = file
    self.isWatching = isWatching
    self.start = start
    self.speed = speed
  }
}
