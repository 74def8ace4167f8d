import Localization
import Trace

extension LiveRun {
  /// Records from the next step on; `resumed` says how much of the run the recorder already has.
  func record(into recorder: any RunRecorder, origin: RunOrigin?, resumed: StepScalars? = nil) {
    publisher.log = RunLog(
      recorder, origin: origin, of: experiment, state: timeline.state, resumed: resumed, now: now,
      onStatus: { [publisher] status in
        var update = RunUpdate()
        update.recording = status
        publisher.post(update)
      })
    loop.log = log
  }

  /// Records to a file that the user named, or warns why that is not possible.
  func record(to path: String) {
    do {
      guard log == nil else { throw RecordingRefusal.recordsAlready }
      guard let open = plan.open else { throw RecordingRefusal.noFiles }
      let origin = try plan.origin(of: experiment)
      record(into: try open(path), origin: origin)
      if position != .start { log?.skip(through: position.step) }
      log?.handOver()
    } catch {
      var update = RunUpdate()
      update.warnings = ["\(error)"]
      publisher.post(update)
    }
  }
}

/// Why a run cannot be recorded when the user asks for it.
enum RecordingRefusal: Error, CustomStringConvertible {
  case recordsAlready
  case isReplay(ofScript: Bool)
  case noFiles

  var description: String {
    switch self {
    case .recordsAlready:
      localized("This run is already being recorded, and a run has one recording at a time.")
    case .isReplay(ofScript: true):
      localized("This is already a recording, and one of a script can only be looked at.")
    case .isReplay(ofScript: false):
      localized(
        "This is already a recording; to add to it, resume its run with `tapedeck train --resume FILE`.")
    case .noFiles: localized("This program cannot write recordings; `tapedeck train` can.")
    }
  }
}
