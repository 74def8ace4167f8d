import Localization

/// Why a run cannot be recorded when the user asks for it.
package enum RecordingRefusal: Error, CustomStringConvertible {
  /// It is being recorded already.
  case recordsAlready
  /// It is itself a recording.
  case isReplay
  /// The program writes no recordings.
  case noFiles

  package var description: String {
    switch self {
    case .recordsAlready:
      localized("This run is already being recorded, and a run has one recording at a time.")
    case .isReplay:
      localized(
        "This is already a recording; to add to it, resume its run with `tapedeck train --resume FILE`.")
    case .noFiles: localized("This program cannot write recordings; `tapedeck train` can.")
    }
  }
}
