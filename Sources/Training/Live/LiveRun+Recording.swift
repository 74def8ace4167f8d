import Trace

extension LiveRun {
  /// Records from the next step on; `resumed` says how much of the run the recorder already has.
  func record(into recorder: any RunRecorder, origin: RunOrigin?, resumed: StepScalars? = nil) {
    let log = RunLog(
      recorder, origin: origin, of: experiment, state: timeline.state, resumed: resumed, now: now,
      onStatus: { [publisher] status in
        var update = RunUpdate()
        update.recording = status
        publisher.post(update)
      })
    publisher.record(into: log)
    loop.record(into: log)
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
