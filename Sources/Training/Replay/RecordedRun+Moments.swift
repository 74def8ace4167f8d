import Trace

extension RecordedRun {
  /// Goes through the ends of iterations in order, and shows what a screen would get of each.
  ///
  /// - Parameters:
  ///   - iterations: The iterations to show, rising.
  ///   - focus: The tensor that moments have.
  ///   - file: The file's name, for the status line.
  ///   - show: Takes an iteration and what is new.
  /// - Throws: what `show` throws, or the error of the operator that failed.
  package func moments(
    atEndsOf iterations: [Int], focus: Focus, file: String, show: (Int, RunUpdate) throws -> Void
  ) throws {
    let tail = RecordingTail(ReplayPlan(archive, file: file))
    var news = tail.news()
    news.description = tail.description
    func tell(_ iteration: Int, _ moment: Moment) throws {
      var (update, moment) = (news, moment)
      news = RunUpdate()
      moment.head = max(tail.head, moment.position)
      update.warnings += takeProblems()
      update.moment = moment
      update.status = iteration >= tail.last ? .finished : .paused
      try show(iteration, update)
    }
    var left = iterations[...]
    while let first = left.first {
      if let timeline, canRecompute(first) {
        try walk(timeline, through: &left, from: first, focus: focus, tell)
      } else {
        let reason = recomputability.reason ?? "This step cannot be computed again."
        try tell(first, RecordedMoments(archive).moment(of: first, head: tail.head, reason: reason))
        left.removeFirst()
      }
    }
  }

  /// Computes iterations as long as that is possible, and publishes the moments at their ends.
  private func walk(
    _ timeline: Timeline, through left: inout ArraySlice<Int>, from first: Int, focus: Focus,
    _ tell: (Int, Moment) throws -> Void
  ) throws {
    let builder = try makeBuilder(timeline, at: first)
    var rest = left
    try withoutActuallyEscaping(tell) { tell in
      let walk = Walk(timeline, to: .endOf(iteration: first))
      walk.keepsKeyframes = false
      walk.visit = { [unowned self] visit in
        try tell(visit.position.iteration, moment(visit.position, visit.tape, builder, focus: focus))
        rest.removeFirst()
        guard let next = rest.first, canRecompute(next) else { return .leave }
        return .stop(.endOf(iteration: next))
      }
      defer { walk.visit = { _ in .leave } }
      _ = try walk.run()
    }
    // An iteration to which no way leads after all is left out.
    left = rest.count == left.count ? left.dropFirst() : rest
  }
}
