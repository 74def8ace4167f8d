import Localization
import Trace

extension RecordedRun {
  /// Goes through the ends of steps in order, and shows what a screen would get of each.
  ///
  /// - Parameters:
  ///   - steps: The steps to show, rising.
  ///   - focus: The tensor that moments have.
  ///   - file: The file's name, for the status line.
  ///   - show: Takes a step and what is new.
  /// - Throws: what `show` throws, or the error of the operator that failed.
  package func moments(
    atEndsOf steps: [Int], focus: Focus, file: String, show: (Int, RunUpdate) throws -> Void
  ) throws {
    let tail = RecordingTail(ReplayPlan(archive, file: file))
    var news = tail.news()
    news.description = tail.description
    func tell(_ step: Int, _ moment: Moment) throws {
      var (update, moment) = (news, moment)
      news = RunUpdate()
      moment.head = max(tail.head, moment.position)
      update.warnings += takeProblems()
      update.moment = moment
      update.status = step >= tail.last ? .finished : .paused
      try show(step, update)
    }
    var left = steps[...]
    while let first = left.first {
      if let timeline, canRecompute(first) {
        try walk(timeline, through: &left, from: first, focus: focus, tell)
      } else {
        let reason = recomputability.reason ?? localized("This step cannot be computed again.")
        try tell(first, RecordedMoments(archive).moment(of: first, head: tail.head, reason: reason))
        left.removeFirst()
      }
    }
  }

  /// Computes steps as long as that is possible, and publishes the moments at their ends.
  private func walk(
    _ timeline: Timeline, through left: inout ArraySlice<Int>, from first: Int, focus: Focus,
    _ tell: (Int, Moment) throws -> Void
  ) throws {
    let builder = try makeBuilder(timeline, at: first)
    var rest = left
    try withoutActuallyEscaping(tell) { tell in
      let walk = Walk(timeline, to: .endOf(step: first), keepsKeyframes: false) { [unowned self] visit in
        try tell(visit.position.step, moment(visit.position, visit.tape, builder, focus: focus))
        rest.removeFirst()
        guard let next = rest.first, canRecompute(next) else { return .leave }
        return .stop(.endOf(step: next))
      }
      _ = try walk.run()
    }
    // A step that cannot be reached after all is left out.
    left = rest.count == left.count ? left.dropFirst() : rest
  }
}
