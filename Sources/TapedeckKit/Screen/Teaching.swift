import Bridge
import DebuggerUI
import Lessons
import Trace

/// What is taught beside a run: the course and the welcome.
package struct Teaching: Sendable {
  /// Where the course and the welcome are remembered; nil to remember nothing.
  package var memory: StateFolder?
  /// Whether the run begins with the welcome, if it has not been shown before.
  package var welcomes = false
  /// Whether the run begins with the course.
  package var opensCourse = false
  /// The step of the course to begin with, from 1; nil for where it was left.
  package var courseStep: Int?

  /// Nothing that begins by itself.
  package init() {}

  /// Whether the welcome is to be shown.
  package var showsWelcome: Bool { welcomes && memory != nil && memory?.read("welcome") == nil }

  /// Puts it into the state of a screen that is about to begin.
  func begin(_ state: inout DebuggerState) {
    state.tryOut = { TableExample.result(of: $0, on: $1) }
    state.course.step = memory?.read("course").flatMap { Int($0) } ?? 0
    if opensCourse { state.openCourse(at: courseStep.map { $0 - 1 }) }
    guard showsWelcome else { return }
    memory?.write("shown", "welcome")
    state.overlay = WelcomeBox()
  }
}

extension TableExample {
  /// A row of the tables tried on a small tensor, or on the values of a node's; nil where it cannot be.
  static func result(of row: String, on tensor: TensorSnapshot?) -> LessonTrial? {
    let operand = tensor.map {
      Operand(name: $0.node, shape: $0.shape, values: $0.values.map(Double.init))
    }
    guard let trial = try? TableExample(row, on: operand) else { return nil }
    func array(_ operand: Operand) -> LessonTrial.Array {
      LessonTrial.Array(name: operand.name, shape: operand.shape, values: operand.values)
    }
    return LessonTrial(
      row: row, operands: trial.operands.map(array), byHand: array(trial.byHand), engine: array(trial.engine))
  }
}
