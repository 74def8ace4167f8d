import Arrays
import Export
import TerminalUI
import Trace

/// A recording of which nothing is computed again.
struct TestSource: ExportSource {
  struct Unavailable: Error {}

  let archive: any RunArchive

  func tensor(_ request: ExportRequest) throws -> TensorSnapshot { throw Unavailable() }
  func parameters(after step: Int) throws -> [NamedArray] { throw Unavailable() }
  func replay(
    _ plan: AnimationPlan, _ request: ExportRequest,
    show: @escaping (Buffer, AnimationPlan.Frame) throws -> Void
  ) throws { throw Unavailable() }

  /// The states that it gives, for recordings of which steps are computed again; nil for what keyframes have.
  var computed: [Int: ExportedState]?

  func states(after steps: (Bool) -> [Int], show: (Int, ExportedState) throws -> Void) throws {
    for step in steps(computed != nil) {
      if let computed {
        if let state = computed[step] { try show(step, state) }
      } else if let keyframe = try archive.keyframe(atOrBefore: step), keyframe.step == step {
        try show(step, ExportedState(parameters: keyframe.parameters, gradients: []))
      }
    }
  }

  func write(_ format: ExportFormat) -> (ExportFormat.Output) throws -> Void {
    { write in
      var bytes: [UInt8] = []
      try format.write(self, ExportRequest()) { bytes += $0 }
      try write(bytes)
    }
  }
}
