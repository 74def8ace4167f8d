import Trace

/// A moment that has not been, to which the run runs on.
struct Goal {
  let position: Position
  /// The iteration in which the run set out.
  let start: Int

  /// Whether the run is there or beyond.
  func isReached(at position: Position) -> Bool { position >= self.position }
}

extension Session {
  /// Goes to a moment: through the past to one that has been, else on to it; true if the run goes on for that.
  ///
  /// - Throws: ``Jump`` where it has to begin again at a keyframe.
  func go(to wanted: Position) throws -> Bool {
    guard wanted > head, replay == nil, !isOver else {
      let target = min(max(wanted, first), head)
      return target == position ? false : try travel(to: .at(target))
    }
    goal = Goal(position: wanted, start: position.iteration)
    if past != nil { return try watch.isActive ? playThroughThePast() : travel(to: .at(head), playsOn: true) }
    ignoresBreakpoints = false
    transport.apply(.run, at: position)
    var update = RunUpdate()
    (update.status, update.journey) = (.running, wayToGoal)
    post(update)
    return true
  }

  /// How far the run has come on its way to a step that has not been.
  var wayToGoal: RunUpdate.Journey? {
    goal.map {
      RunUpdate.Journey(start: $0.start, iteration: position.iteration, target: $0.position.iteration)
    }
  }
}
