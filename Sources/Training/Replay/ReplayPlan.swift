import Trace

/// An experiment made from a recording, and how much of the recording can be computed again with it.
package struct ReplayedExperiment {
  /// The experiment; nil where the network is not known.
  package let experiment: Experiment?
  /// How much of the recording can be computed again.
  package let recomputability: Recomputability

  /// An experiment to replay.
  package init(_ experiment: Experiment, recomputability: Recomputability) {
    self.experiment = experiment
    self.recomputability = recomputability
  }

  /// A replay of which nothing can be computed again; `reason` is a sentence that says why.
  package init(nothingBecause reason: String) {
    experiment = nil
    recomputability = .nothing(reason: reason)
  }
}

/// How a recording is to be shown.
package struct ReplayPlan: Sendable {
  /// The recording.
  package let archive: any RunArchive
  /// The file's name, for the status line.
  package let file: String
  /// Whether another process is writing the file, and its end should be followed.
  package let isWatching: Bool
  /// The step to begin at; nil for the first, or where it is watched for the last.
  package let start: Int?
  /// How many times as fast as it was recorded; nil for as fast as can be.
  package let speed: Double?

  /// A plan to show a recording.
  package init(
    _ archive: any RunArchive, file: String, isWatching: Bool = false, start: Int? = nil, speed: Double? = 1
  ) {
    self.archive = archive
    self.file = file
    self.isWatching = isWatching
    self.start = start
    self.speed = speed
  }
}
