import Trace

extension RecordedRun {
  /// Whether iterations can be computed from the start of one to the end of another.
  func canRun(_ iterations: ClosedRange<Int>) -> Bool {
    switch recomputability {
    case .all: canRecompute(iterations.lowerBound) && iterations.upperBound <= archive.lastIteration
    case .keyframes: iterations.count == 1 && canRecompute(iterations.lowerBound)
    case .nothing: false
    }
  }

  /// The hash of the state at the start of every iteration of a range, and after the last one.
  ///
  /// - Parameters:
  ///   - iterations: what is computed.
  ///   - visit: called with each iteration and its hash, the one after the last included; false ends the run.
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  func states(in iterations: ClosedRange<Int>, visit: (Int, UInt64) -> Bool) throws {
    let timeline = try requireTimeline()
    var (isDone, next) = (false, iterations.lowerBound)
    try withoutActuallyEscaping(visit) { visit in
      // Nothing is watched: the walk ends at the limit, before its stop.
      let end = Position.start(of: iterations.upperBound + 1)
      let walk = Walk(timeline, to: .at(end), limit: end)
      walk.start = iterations.lowerBound
      walk.keepsKeyframes = false
      walk.willBegin = { iteration in
        guard iteration >= iterations.lowerBound, !isDone else { return nil }
        next = iteration + 1
        isDone = !visit(iteration, timeline.state.hash)
        if isDone { throw Walk.Ended(end: .left) }
        return nil
      }
      defer { walk.willBegin = nil }
      _ = try walk.run()
      if !isDone, next == iterations.upperBound + 1 { _ = visit(next, timeline.state.hash) }
    }
  }

  /// Everything that an iteration did, node by node.
  ///
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  func digest(of iteration: Int) throws -> IterationDigest? {
    let timeline = try requireTimeline()
    var digest: IterationDigest?
    let walk = Walk(timeline, to: .endOf(iteration: iteration))
    walk.keepsKeyframes = false
    walk.visit = { visit in
      digest = IterationDigest(visit.tape, timeline.names, timeline.experiment.optimizer)
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
