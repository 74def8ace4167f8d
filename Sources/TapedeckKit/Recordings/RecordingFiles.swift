import Recording
import Trace

/// What commands do with recordings.
package enum RecordingFiles {
  /// The settings of a recorded run, to resume it for the recorded number of epochs or for `epochs`.
  ///
  /// - Throws: `RecordingError` if the file cannot be read, ``ReplayError`` if its run cannot be resumed.
  package static func settings(_ path: String, _ run: ReplayedRun, epochs: Int?) throws -> TrainSettings {
    let archive = try RecordingReader(path: path)
    guard archive.origin.settings != nil else { throw ReplayError.otherProgram(path: path) }
    var settings = try run.trusted(run.settings(archive), archive)
    settings.epochs = epochs ?? settings.epochs
    try settings.validate()
    return settings
  }
}
