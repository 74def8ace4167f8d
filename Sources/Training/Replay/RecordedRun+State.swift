import Arrays
import Autograd
import NN
import Trace

/// The parameters after a step, and the gradients that the step had.
package struct RecordedState: Equatable {
  /// The parameters, by name.
  package let parameters: [NamedArray]
  /// Their gradients; empty where they cannot be had.
  package let gradients: [NamedArray]
}

extension RecordedRun {
  /// The parameters after a step and the gradients of that step: computed again where that is possible, or as far as they
  /// were recorded.
  ///
  /// - Returns: The state; nil where nothing of it can be had.
  /// - Throws: what computing a step again throws; errors of the archive.
  package func state(after step: Int) throws -> RecordedState? {
    guard step >= 1, step <= archive.lastStep else { return nil }
    if let timeline, canRecompute(step) {
      var gradients: [NamedArray] = []
      let walk = Walk(timeline, to: .endOf(step: step), keepsKeyframes: false) { _ in
        gradients = timeline.names.orderedParameters.compactMap { parameter in
          parameter.tensor.grad.map { NamedArray(parameter.name, $0) }
        }
        return .leave
      }
      _ = try walk.run()
      return RecordedState(
        parameters: timeline.names.orderedParameters.map { NamedArray($0.name, $0.tensor) },
        gradients: gradients)
    }
    if let watched = try archive.wholeStep(step) {
      let names = Set(watched.nodes.filter { $0.kind == .parameter }.map(\.name))
      let tensors = try archive.tensors(of: nil, at: step).filter {
        names.contains($0.node) && $0.part == nil
      }
      func arrays(_ view: TensorView) -> [NamedArray] {
        tensors.filter { $0.view == view }.map { NamedArray(name: $0.node, array: $0.array) }
      }
      return RecordedState(parameters: arrays(.value), gradients: arrays(.gradient))
    }
    for place in [step + 1, step] {
      if let keyframe = try archive.keyframe(atOrBefore: place), keyframe.step == place {
        return RecordedState(parameters: keyframe.parameters, gradients: [])
      }
    }
    return nil
  }
}
