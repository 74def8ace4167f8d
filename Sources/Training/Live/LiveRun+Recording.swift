import Trace

extension LiveRun {
  /// Records from the next iteration on, as far as `resumed` says the recorder has the run already.
  func record(into recorder: any RunRecorder, origin: RunOrigin?, resumed: IterationScalars? = nil) {
    publisher.log = RunLog(
      recorder, origin: origin, of: experiment, state: timeline.state, resumed: resumed, now: now,
      onStatus: { [publisher] status in
        var update = RunUpdate()
        update.recording = status
        publisher.post(update)
      })
    loop.log = log
  }

  /// Records into a file that the user named; what prevents it is told.
  func record(to path: String) {
    do {
      guard log == nil else { throw RecordingRefusal.recordsAlready }
      guard let open = plan.open else { throw RecordingRefusal.noFiles }
      let origin = try plan.origin(of: experiment)
      record(into: try open(path), origin: origin)
      if position != .start { log?.skip(through: position.iteration) }
      log?.handOver()
    } catch {
      var update = RunUpdate()
      update.warnings = ["\(error)"]
      publisher.post(update)
    }
  }
}

/// Why a run is not recorded when the user asks for it.
enum RecordingRefusal: Error, CustomStringConvertible {
  case recordsAlready
  case isReplay
  case noFiles

  var description: String {
    switch self {
    case .recordsAlready: "This run is being recorded already; a run has one recording at a time."
    case .isReplay:
      "This is a recording already; to add to it, resume its run with `tapedeck train --resume FILE`."
    case .noFiles: "This program was not given a place for recordings; `tapedeck train` has one."
    }
  }
}
