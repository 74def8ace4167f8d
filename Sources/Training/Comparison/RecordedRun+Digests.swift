import Trace

extension RecordedRun {
  /// Whether steps can be computed from the start of one to the end of another.
  func canRun(_ steps: ClosedRange<Int>) -> Bool {
    switch recomputability {
    case .all: canRecompute(steps.lowerBound) && steps.upperBound <= archive.lastStep
    case .keyframes: steps.count == 1 && canRecompute(steps.lowerBound)
    case .nothing: false
    }
  }

  /// The hash of the state at the start of every step of a range, and after the last one.
  ///
  /// - Parameters:
  ///   - steps: what is computed.
  ///   - isWhole: whether all of them are wanted for themselves, and not only the way to one of them.
  ///   - visit: called with each step and its hash, the one after the last included; false ends the run.
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  func states(
    in steps: ClosedRange<Int>, isWhole: Bool = false, visit: (Int, UInt64) -> Bool
  ) throws {
    let timeline = try requireTimeline()
    if isWhole {
      try timeline.bound?.check(archive.keyframeSteps, from: steps.lowerBound, through: steps.upperBound)
    }
    var (isDone, next) = (false, steps.lowerBound)
    try withoutActuallyEscaping(visit) { visit in
      // Nothing is watched: the walk ends at the limit, before its stop.
      let end = Position.start(of: steps.upperBound + 1)
      let walk = Walk(
        timeline, to: .at(end), limit: end, from: steps.lowerBound, keepsKeyframes: false,
        isBounded: !isWhole,
        willBegin: { step in
          try WorkProgress.reached(max(0, step - steps.lowerBound), of: steps.count)
          guard step >= steps.lowerBound, !isDone else { return nil }
          next = step + 1
          isDone = !visit(step, timeline.state.hash)
          if isDone { throw Walk.Ended(end: .left) }
          return nil
        },
        visit: { _ in .leave })
      _ = try walk.run()
      if !isDone, next == steps.upperBound + 1 { _ = visit(next, timeline.state.hash) }
    }
  }

  /// Everything that a step did, node by node.
  ///
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  func digest(of step: Int) throws -> StepDigest? {
    let timeline = try requireTimeline()
    var digest: StepDigest?
    let walk = Walk(timeline, to: .endOf(step: step), keepsKeyframes: false) { visit in
      digest = StepDigest(visit.tape, timeline.names, timeline.experiment.optimizer)
      return .leave
    }
    _ = try walk.run()
    return digest
  }

  private func requireTimeline() throws(ArchiveError) -> Timeline {
    guard let timeline else { throw .noKeyframe }
    return timeline
  }
}
