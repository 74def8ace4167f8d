import Trace

/// A search for the last moment before another at which a breakpoint was hit, or would have been.
///
/// As rr's reverse-continue: from a keyframe the run is computed again up to the moment, and the last hit on the way is
/// the one; where there is none, from the keyframe before that one up to it, and so on to the first.
/// **Source**: the idea is rr's, `reverse_continue` in
/// <https://github.com/rr-debugger/rr/blob/master/src/ReplayTimeline.cc>
extension Timeline {
  /// The last hit before a moment; nil where there is none.
  ///
  /// - Parameters:
  ///   - watch: knows the breakpoint alone.
  ///   - moment: hits at or after it do not count.
  ///   - willBegin: called at the start of each step on the way; throws to end the search.
  /// - Returns: the moment and the hit.
  /// - Throws: an operator's error, or what `willBegin` throws.
  func lastHit(
    of watch: Watch, before moment: Position, willBegin: @escaping (_ step: Int) throws -> Void
  ) throws -> (position: Position, hit: BreakpointHit)? {
    var limit = moment
    while true {
      fetchKeyframe(before: limit.step)
      let before = limit.node == 0 && limit.phase == .batch ? limit.step - 1 : limit.step
      guard before >= first.step else { return nil }
      let start = history.keyframes.nearest(to: before).step
      var found: (position: Position, hit: BreakpointHit)?
      let walk = Walk(
        self, to: .never, limit: limit, watchedFrom: start, watch: watch, keepsKeyframes: false,
        willBegin: { step in
          try willBegin(step)
          return nil
        },
        visit: { visit in
          if let hit = visit.hits.first { found = (visit.position, hit) }
          return .stop(.never, watching: watch)
        })
      _ = try walk.run()
      if let found { return found }
      guard start > first.step else { return nil }
      limit = .start(of: start)
    }
  }
}
