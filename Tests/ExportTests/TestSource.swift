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
  ) throws { for frame in plan.frames { try show(screen(frame.step), frame) } }
  func walk(_ step: Int, _ request: ExportRequest, show: @escaping (Buffer) throws -> Void) throws {
    for node in 1...3 { try show(screen(step, node: node)) }
  }

  /// The screen at a step and a node of it.
  func screen(_ step: Int, node: Int = 0) -> Buffer {
    var screen = Buffer(size: Size(width: 20, height: 3))
    screen.draw("step \(step) <node \(node)>", x: 1, y: 0, style: .bold)
    screen.draw("▀▄█", x: node, y: 1, style: Style(foreground: .rgb(200, 0, 0), background: .rgb(0, 0, 200)))
    return screen
  }

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
