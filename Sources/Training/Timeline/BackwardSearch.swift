import Trace

/// A search for the last moment before the cursor at which something was so.
///
/// As rr's reverse-continue: from a keyframe the run is met again up to the cursor, and the last hit on the way is the
/// one; where there is none, from the keyframe before that one up to it, and so on to the first.
/// **Source**: the idea is rr's, `reverse_continue` in
/// <https://github.com/rr-debugger/rr/blob/master/src/ReplayTimeline.cc>
struct BackwardSearch {
  /// What the answer is for.
  enum Purpose {
    /// The run is to stand where the breakpoint was hit.
    case stop
    /// A cause is told, with the step since when it has been so.
    case since(Cause)
  }

  let purpose: Purpose
  let breakpoint: Breakpoint
  /// Where the search began, and where the run stands again if nothing is found.
  let origin: Position
  var watch: Watch
  /// The iteration at which this part of the way begins.
  var start: Int
  /// Where this part of the way ends: what is there or later does not count.
  var limit: Position
  var found: (position: Position, hit: BreakpointHit)?
}
