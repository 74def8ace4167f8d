import Trace

extension Session {
  /// Records from the next iteration on, as far as `resumed` says the recorder has the run already.
  func record(into recorder: any RunRecorder, origin: RunOrigin?, resumed: IterationScalars? = nil) {
    let post = post
    log = RunLog(
      recorder, origin: origin, of: experiment, state: state, resumed: resumed, now: now,
      onStatus: { status in
        var update = RunUpdate()
        update.recording = status
        post(update)
      })
    loop?.log = log
  }

  /// Tells what nobody was told yet, since nothing was shown.
  func tellWarnings() {
    var update = RunUpdate()
    update.warnings = warnings
    warnings.removeAll()
    post(update)
    log?.handOver()
  }

  /// Records into a file that the user named; what stands in the way is said.
  func record(to path: String) {
    do {
      guard log == nil else { throw RecordingRefusal.recordsAlready }
      guard replay == nil else { throw RecordingRefusal.isReplay }
      guard let open = plan.open else { throw RecordingRefusal.noFiles }
      let origin = try plan.origin(of: experiment)
      record(into: try open(path), origin: origin)
      if position != .start { log?.skip(through: position.iteration) }
      log?.handOver()
    } catch {
      var update = RunUpdate()
      update.warnings = ["\(error)"]
      post(update)
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
    case .isReplay: "This is a recording already; to add to it, go on with `tapedeck train --resume FILE`."
    case .noFiles: "This program was not given a place for recordings; `tapedeck train` has one."
    }
  }
}
