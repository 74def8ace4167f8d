import Localization

/// Why a run cannot be recorded when the user asks for it.
package enum RecordingRefusal: Error, CustomStringConvertible {
  /// It is being recorded already.
  case recordsAlready
  /// It is itself a recording, whose run can be resumed unless it is a script's.
  case isReplay(ofScript: Bool)
  /// The program writes no recordings.
  case noFiles

  package var description: String {
    switch self {
    case .recordsAlready:
      localized("This run is already being recorded, and a run has one recording at a time.")
    case .isReplay(ofScript: true):
      localized("This is already a recording, and one of a script can only be looked at.")
    case .isReplay(ofScript: false):
      localized(
        "This is already a recording; to add to it, resume its run with tapedeck train --resume FILE.")
    case .noFiles: localized("This program cannot write recordings; tapedeck train can.")
    }
  }
}
