import Trace

/// A recorded run's parameters and buffers as they were after one of its iterations.
public struct RecordedParameters: Sendable {
  /// The parameters, then the buffers, under the names of the model's `stateDict()`.
  public let arrays: [NamedArray]
  /// Why they may differ from the recorded run's in their last digits, as a sentence; nil where they are the same to
  /// the bit, as far as hashes were recorded.
  public let limitation: String?
}

extension RecordedRun {
  /// The parameters after an iteration; after iteration 0 those that the run began with.
  ///
  /// A keyframe gives them as they are; others are computed again from the keyframe before.
  /// - Throws: ``InspectionError`` if there is no such iteration, or it is not open here; errors of the archive.
  public func parameters(after iteration: Int) throws -> RecordedParameters {
    let last = archive.lastIteration
    guard (0...last).contains(iteration) else {
      throw InspectionError.iterationOutside(iteration, first: 0, last: last)
    }
    if let keyframe = try archive.keyframe(atOrBefore: iteration + 1), keyframe.iteration == iteration + 1 {
      return RecordedParameters(arrays: keyframe.parameters + keyframe.buffers, limitation: nil)
    }
    return try computed(after: iteration)
  }

  private func computed(after iteration: Int) throws -> RecordedParameters {
    let gate = Gate()
    var limitation: String?
    let (session, loop, _) = try session(at: max(1, iteration), gate: gate) { update in
      guard update.status == .paused || update.status == .finished else { return }
      limitation = update.moment?.limitation
      gate.ask { $0.commands.append(.quit) }
    }
    guard session.first.iteration <= iteration else {
      throw InspectionError.iterationOutside(
        iteration, first: session.first.iteration, last: archive.lastIteration)
    }
    session.watchedFrom = iteration
    session.transport.go(to: .endOf(iteration: iteration))
    do {
      try session.drive(loop) { _ in }
    } catch is Session.RunEnded {
      if let closure = session.closure(of: iteration) { throw closure }
      if let recorded = try archive.hash(at: iteration + 1), recorded != session.state.hash {
        limitation = limitation ?? Replay.otherDigits
      }
      let model = session.experiment.model
      return RecordedParameters(
        arrays: (model.namedParameters() + model.namedBuffers()).map { NamedArray($0.name, $0.tensor) },
        limitation: limitation)
    }
  }
}
