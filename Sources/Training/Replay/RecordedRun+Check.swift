import Trace

/// Whether a recorded run gives the same numbers when it is run again here.
package struct ReplayCheck: Sendable, Equatable {
  /// The first iteration that was computed again.
  package var first: Int
  /// The last iteration that was computed again.
  package var last: Int
  /// How many iterations were computed again; fewer than there are where the data are not here.
  package var iterations = 0
  /// How many recorded hashes of the parameters were reproduced.
  package var hashes = 0
  /// The first iteration that did not begin as recorded, or whose loss was another; nil if none.
  package var difference: Int?
  /// What there is to say of it, in sentences.
  package var remarks: [String] = []

  /// Nothing was computed again yet.
  package init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }
}

extension RecordedRun {
  /// Computes all iterations again that can be, and compares them with what was recorded of them.
  ///
  /// - Throws: the error of the operator that failed; an error with which the recorded run itself ended is not a difference.
  package func check() throws -> ReplayCheck {
    let last = max(1, archive.lastIteration)
    var check = ReplayCheck(first: timeline?.first.iteration ?? 1, last: last)
    if let timeline {
      for iterations in recomputableRanges(from: check.first, through: last) {
        try compareLoss(of: iterations.upperBound, from: iterations.lowerBound, timeline)
      }
      let reproduction = timeline.reproduction
      (check.iterations, check.hashes) = (reproduction.iterations, reproduction.hashes)
      check.difference = reproduction.firstDifference
    }
    check.remarks = [recomputability.reason].compactMap { $0 } + takeProblems()
    return check
  }

  /// The iterations that can be computed one after the other.
  private func recomputableRanges(from first: Int, through last: Int) -> [ClosedRange<Int>] {
    switch recomputability {
    case .all: [first...max(first, last)]
    case .keyframes: archive.keyframeIterations.filter { $0 <= last && canRecompute($0) }.map { $0...$0 }
    case .nothing: []
    }
  }

  /// Computes iterations, and compares the loss of the last one with the recorded one.
  private func compareLoss(of iteration: Int, from first: Int, _ timeline: Timeline) throws {
    let builder = try makeBuilder(timeline, at: iteration)
    // All iterations are on the way from the first one's keyframe.
    let walk = Walk(timeline, to: .endOf(iteration: iteration))
    walk.keepsKeyframes = false
    walk.visit = { [unowned self] visit in
      _ = moment(visit.position, visit.tape, builder, focus: Focus())
      return .leave
    }
    walk.start = first
    _ = try walk.run()
  }
}
