import DebuggerUI
import Testing
import Trace

/// Tensors that need no picture.
struct ScalarPaneTests {
  private func state(_ shape: [Int], _ values: [Float]) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 0)
    moment.focus = TensorSnapshot(node: "cross_entropy", view: .value, shape: shape, values: values)
    return States.digits(.paused, moment)
  }

  @Test func oneValueIsSaidExactlyAndNotDrawn() {
    let lines = state([], [0.013855234]).lines
    #expect(lines.contains { $0.contains("value = 0.013855234") })
    #expect(!lines.contains { $0.contains("│all ") })
    #expect(state([1], [2]).lines.contains { $0.contains("[0] = 2") })
  }

  @Test func equalValuesHaveNoHistogram() {
    let lines = state([3], [2, 2, 2]).lines
    #expect(lines.contains { $0.contains("│all ") })
    #expect(!lines.contains { $0.contains("│2 ") })
  }
}
