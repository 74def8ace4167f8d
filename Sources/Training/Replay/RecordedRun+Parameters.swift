import Arrays
import Trace

/// A recorded run's parameters and buffers as they were after one of its iterations.
package struct RecordedParameters: Sendable {
  /// The parameters, then the buffers, under the names of the model's `stateDict()`.
  package let arrays: [NamedArray]
  /// Why they may differ from the recorded run's in their last digits, as a sentence; nil where they are the same to
  /// the bit, as far as hashes were recorded.
  package let limitation: String?
}

extension RecordedRun {
  /// The parameters after an iteration; after iteration 0 those that the run began with.
  ///
  /// A keyframe gives them as they are; others are computed again from the keyframe before.
  /// - Throws: ``InspectionError`` if there is no such iteration, or it cannot be computed again here; errors of the
  ///   archive.
  package func parameters(after iteration: Int) throws -> RecordedParameters {
    let last = archive.lastIteration
    guard (0...last).contains(iteration) else {
      throw InspectionError.iterationOutside(iteration, first: 0, last: last)
    }
    if let keyframe = try archive.keyframe(atOrBefore: iteration + 1), keyframe.iteration == iteration + 1 {
      return RecordedParameters(arrays: keyframe.parameters + keyframe.buffers, limitation: nil)
    }
    guard let timeline, canRecompute(max(1, iteration)) else {
      if let first = timeline?.first.iteration, first > iteration {
        throw InspectionError.iterationOutside(iteration, first: first, last: last)
      }
      throw obstacle(to: iteration)
    }
    let builder = try makeBuilder(timeline, at: iteration)
    var limitation: String?
    let walk = Walk(timeline, to: .endOf(iteration: iteration))
    walk.keepsKeyframes = false
    walk.visit = { [unowned self] visit in
      limitation = moment(visit.position, visit.tape, builder, focus: Focus()).limitation
      return .leave
    }
    _ = try walk.run()
    if let recorded = try archive.hash(at: iteration + 1), recorded != timeline.state.hash {
      limitation = limitation ?? RecordedNumbers.otherDigits
    }
    let model = timeline.experiment.model
    return RecordedParameters(
      arrays: (model.namedParameters() + model.namedBuffers()).map { NamedArray($0.name, $0.tensor) },
      limitation: limitation)
  }
}
