import Trace

/// Whether a recorded run comes to the same numbers when it is run again here.
public struct ReplayCheck: Sendable, Equatable {
  /// The first iteration that was run again, and the last.
  public var first: Int
  public var last: Int
  /// How many iterations were run again; fewer than there are where the data are not here.
  public var iterations = 0
  /// How many recorded hashes of the parameters were met again.
  public var hashes = 0
  /// The first iteration that began otherwise than recorded, or whose loss was another; nil if none.
  public var difference: Int?
  /// What there is to say of it, in sentences.
  public var remarks: [String] = []

  /// Nothing was run again yet.
  public init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }
}

extension RecordedRun {
  /// Runs all iterations again that can be, and compares them with what was recorded of them.
  ///
  /// - Throws: the error of the operator that failed; what a recorded run itself failed with is no difference.
  public func check() throws -> ReplayCheck {
    let gate = Gate()
    var remarks: [String] = []
    let (session, loop, begun) = try session(at: 1, isPaused: false, gate: gate) { update in
      remarks += update.warnings
      guard update.status == .paused || update.status == .finished else { return }
      gate.ask { $0.commands.append(.quit) }
    }
    do {
      try session.drive(loop) { _ in }
    } catch is Session.RunEnded {
      var check = ReplayCheck(first: session.first.iteration, last: session.head.iteration)
      guard let replay = session.replay else { return check }
      (check.iterations, check.hashes, check.difference) = (
        replay.seen.iterations, replay.seen.hashes, replay.difference
      )
      check.remarks = [replay.openness.reason].compactMap { $0 } + begun.warnings + remarks
      return check
    }
  }
}
