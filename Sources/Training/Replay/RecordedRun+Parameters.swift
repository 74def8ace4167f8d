import Arrays
import Trace

/// A recorded run's parameters and buffers as they were after one of its steps.
package struct RecordedParameters: Sendable {
  /// The parameters, then the buffers, under the names of the model's `stateDict()`.
  package let arrays: [NamedArray]
  /// Why they may differ from the recorded run's in their last digits, as a sentence; nil where they are the same to
  /// the bit, as far as hashes were recorded.
  package let limitation: String?
}

extension RecordedRun {
  /// The parameters after a step; after step 0 those that the run began with.
  ///
  /// A keyframe gives them as they are; others are computed again from the keyframe before.
  /// - Throws: ``InspectionError`` if there is no such step, or it cannot be computed again here; errors of the
  ///   archive.
  package func parameters(after step: Int) throws -> RecordedParameters {
    let last = archive.lastStep
    guard (0...last).contains(step) else {
      throw InspectionError.stepOutside(step, first: 0, last: last)
    }
    if let keyframe = try archive.keyframe(atOrBefore: step + 1), keyframe.step == step + 1 {
      return RecordedParameters(arrays: keyframe.parameters + keyframe.buffers, limitation: nil)
    }
    if let arrays = try recordedParameters(after: step) {
      return RecordedParameters(arrays: arrays, limitation: nil)
    }
    guard let timeline, canRecompute(max(1, step)) else {
      if let first = timeline?.first.step, first > step {
        throw InspectionError.stepOutside(step, first: first, last: last)
      }
      throw obstacle(to: step)
    }
    let builder = try makeBuilder(timeline, at: step)
    var limitation: String?
    let walk = Walk(timeline, to: .endOf(step: step), keepsKeyframes: false) { [unowned self] visit in
      limitation = moment(visit.position, visit.tape, builder, focus: Focus()).limitation
      return .leave
    }
    _ = try walk.run()
    if let recorded = try archive.hash(at: step + 1), recorded != timeline.state.hash {
      limitation = limitation ?? RecordedNumbers.otherDigits
    }
    let buffers = timeline.experiment.model.namedBuffers()
    return RecordedParameters(
      arrays: (timeline.names.orderedParameters + buffers).map { NamedArray($0.name, $0.tensor) },
      limitation: limitation)
  }

  /// The parameters after a step, from a step that was recorded whole: it, or the one after it; nil where there is none.
  private func recordedParameters(after step: Int) throws -> [NamedArray]? {
    for (whole, isAfter) in [(step, true), (step + 1, false)] {
      guard let watched = try archive.wholeStep(whole) else { continue }
      let names = watched.nodes.filter { $0.kind == .parameter }.map(\.name)
      guard !names.isEmpty else { continue }
      let tensors = try archive.tensors(of: nil, at: whole)
      let arrays = names.compactMap { name -> NamedArray? in
        let values = tensors.filter { $0.node == name && $0.view == .value && $0.part == nil }
          .sorted { $0.visit < $1.visit }
        return (isAfter ? values.last : values.first).map { NamedArray(name: name, array: $0.array) }
      }
      if arrays.count == names.count { return arrays }
    }
    return nil
  }
}
