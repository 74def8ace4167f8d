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
}
