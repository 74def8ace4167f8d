import Trace

/// Whether a recorded run gives the same numbers when it is run again here.
package struct ReplayCheck: Sendable, Equatable {
  /// The first step that was computed again.
  package var first: Int
  /// The last step that was computed again.
  package var last: Int
  /// How many steps were computed again; fewer than there are where the data are not here.
  package var steps = 0
  /// How many recorded hashes of the parameters were reproduced.
  package var hashes = 0
  /// The first step that did not begin as recorded, or whose loss was another; nil if none.
  package var difference: Int?
  /// Whether it is the run of a script, whose steps cannot be computed again.
  package var isOfScript = false
  /// Whether it was computed by another arithmetic, so that nothing was compared.
  package var isOfOtherArithmetic = false
  /// The machine that recorded it, in words.
  package var machineThere = ""
  /// This machine in words; empty where it was not asked for.
  package var machineHere = ""
  /// What there is to say of it, in sentences.
  package var remarks: [String] = []

  /// Nothing was computed again yet.
  package init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }
}

extension RecordedRun {
  /// Computes all steps again that can be, and compares them with what was recorded of them.
  ///
  /// - Throws: the error of the operator that failed; an error with which the recorded run itself ended is not a difference.
  package func check() throws -> ReplayCheck {
    let last = max(1, archive.lastStep)
    var check = ReplayCheck(first: timeline?.first.step ?? 1, last: last)
    if let timeline, otherArithmetic == nil {
      for steps in recomputableRanges(from: check.first, through: last) {
        try timeline.bound?.check(archive.keyframeSteps, from: steps.lowerBound, through: steps.upperBound)
        try compareLoss(of: steps.upperBound, from: steps.lowerBound, timeline)
      }
      let reproduction = timeline.reproduction
      (check.steps, check.hashes) = (reproduction.steps, reproduction.hashes)
      check.difference = reproduction.firstDifference
    }
    check.isOfScript = isOfScript
    check.isOfOtherArithmetic = otherArithmetic != nil
    (check.machineThere, check.machineHere) = (archive.origin.machine, machine)
    check.remarks = [recomputability.reason].compactMap { $0 } + takeProblems()
    return check
  }

  /// The steps that can be computed one after the other.
  private func recomputableRanges(from first: Int, through last: Int) -> [ClosedRange<Int>] {
    switch recomputability {
    case .all: [first...max(first, last)]
    case .keyframes: archive.keyframeSteps.filter { $0 <= last && canRecompute($0) }.map { $0...$0 }
    case .nothing: []
    }
  }

  /// Computes steps, and compares the loss of the last one with the recorded one.
  private func compareLoss(of step: Int, from first: Int, _ timeline: Timeline) throws {
    let builder = try makeBuilder(timeline, at: step)
    // All steps are on the way from the first one's keyframe.
    let last = max(1, archive.lastStep)
    let walk = Walk(
      timeline, to: .endOf(step: step), from: first, keepsKeyframes: false, isBounded: false,
      willBegin: { step in
        try WorkProgress.reached(step, of: last)
        return nil
      },
      visit: { [unowned self] visit in
        _ = moment(visit.position, visit.tape, builder, focus: Focus())
        return .leave
      })
    _ = try walk.run()
  }
}
