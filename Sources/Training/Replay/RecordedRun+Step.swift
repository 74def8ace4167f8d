import Localization
import Trace

extension RecordedRun {
  /// Goes through a step node by node, and shows what a screen would get of each moment, until `show` returns false.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - focus: The tensor that moments have.
  ///   - file: The file's name, for the status line.
  ///   - show: Takes what is new, and returns whether to continue.
  /// - Throws: ``InspectionError`` if there is no such step, what `show` throws, or the error of the operator that failed.
  package func moments(
    through step: Int, focus: Focus, file: String, show: (RunUpdate) throws -> Bool
  ) throws {
    let first = timeline?.first.step ?? 1
    guard step >= first, step <= archive.lastStep else {
      throw InspectionError.stepOutside(step, first: first, last: archive.lastStep)
    }
    let tail = RecordingTail(ReplayPlan(archive, file: file))
    var news = tail.news()
    news.description = tail.description
    func tell(_ moment: Moment) throws -> Bool {
      var (update, moment) = (news, moment)
      news = RunUpdate()
      moment.head = max(tail.head, moment.position)
      update.warnings += takeProblems()
      update.moment = moment
      update.status = .paused
      return try show(update)
    }
    guard let timeline, canRecompute(step) else {
      guard let whole = try archive.wholeStep(step) else { throw obstacle(to: step) }
      let moments = RecordedMoments(archive, focus: focus)
      for visit in whole.visits.indices {
        let moment = moments.moment(
          of: step, at: whole.position(of: visit), head: tail.head, reason: "")
        guard try tell(moment) else { return }
      }
      return
    }
    let builder = try makeBuilder(timeline, at: step)
    try withoutActuallyEscaping(tell) { tell in
      let walk = Walk(timeline, to: .at(.start(of: step)), keepsKeyframes: false) { [unowned self] visit in
        guard visit.position.step == step,
          try tell(moment(visit.position, visit.tape, builder, focus: focus))
        else { return .leave }
        return .stop(.nextNode)
      }
      _ = try walk.run()
    }
  }
}
