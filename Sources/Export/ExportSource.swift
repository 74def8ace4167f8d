import Arrays
import TerminalUI
import Trace

/// What formats read: a recording, and what is computed again from it.
package protocol ExportSource {
  /// The recording.
  var archive: any RunArchive { get }

  /// The tensor that a request names.
  ///
  /// - Throws: an error that says why there is no such tensor.
  func tensor(_ request: ExportRequest) throws -> TensorSnapshot

  /// All parameters and buffers after a step.
  ///
  /// - Throws: an error that says why there is no such step.
  func parameters(after step: Int) throws -> [NamedArray]

  /// Gives the debugger's screens at the frames of a plan to `show`, in order.
  ///
  /// - Throws: what running the recording again or `show` throws.
  func replay(
    _ plan: AnimationPlan, _ request: ExportRequest,
    show: @escaping (Buffer, AnimationPlan.Frame) throws -> Void
  ) throws

  /// Gives the debugger's screens at the nodes of a step to `show`, in order, up to the moment that the request names.
  ///
  /// - Throws: an error that says why there is no such step, or what `show` throws.
  func walk(_ step: Int, _ request: ExportRequest, show: @escaping (Buffer) throws -> Void) throws

  /// Gives the states after some steps to `show`, in order; steps of which nothing can be had are left out.
  ///
  /// - Parameters:
  ///   - steps: Chooses the steps, told whether those between keyframes can be computed again.
  ///   - show: Takes a step and its state.
  /// - Throws: what computing a step again or `show` throws.
  func states(after steps: (_ recomputes: Bool) -> [Int], show: (Int, ExportedState) throws -> Void) throws

  /// Tells the user what an export lacks, as a sentence.
  func tell(_ sentence: String)
}

/// The parameters after a step, and the gradients that the step had.
package struct ExportedState {
  /// The parameters.
  package var parameters: [NamedArray]
  /// Their gradients; empty where they cannot be had.
  package var gradients: [NamedArray]

  /// A state.
  package init(parameters: [NamedArray], gradients: [NamedArray]) {
    (self.parameters, self.gradients) = (parameters, gradients)
  }
}

extension ExportSource {
  /// What keyframes have, where nothing else is said.
  package func states(
    after steps: (_ recomputes: Bool) -> [Int], show: (Int, ExportedState) throws -> Void
  ) throws {
    for step in steps(false) {
      guard let keyframe = try archive.keyframe(atOrBefore: step), keyframe.step == step else { continue }
      try show(step, ExportedState(parameters: keyframe.parameters, gradients: []))
    }
  }

  /// Nobody is told, where nothing else is said.
  package func tell(_ sentence: String) {}
}
