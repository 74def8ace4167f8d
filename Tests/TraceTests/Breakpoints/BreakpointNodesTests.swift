import Testing
import Trace

/// What a breakpoint names, and what its nodes do not have.
struct BreakpointNodesTests {
  private let graph = ComputationGraph(nodes: [
    .init(id: 0, name: "fc1.relu", operation: "relu", kind: .operation, shape: [4, 2]),
    .init(id: 1, name: "fc2.tanh", operation: "tanh", kind: .operation, shape: [4, 2], inputs: [0]),
  ])

  private func obstacle(_ text: String) throws -> String? {
    try Breakpoint(id: 1, parsing: text).obstacle(in: graph)?.sentence
  }

  @Test func itNamesItsPlaceAndWhatItMeasures() throws {
    let breakpoint = try Breakpoint(id: 1, parsing: "fc1.relu if dead(fc2.tanh) or norm(w.grad) > 1")
    #expect(breakpoint.nodes == ["fc1.relu", "fc2.tanh", "w"])
  }

  @Test func onlyTanhAndSigmoidSaturate() throws {
    #expect(try obstacle("saturated(fc2.tanh)") == nil)
    #expect(try obstacle("dead(fc1.relu)") == nil)
    #expect(try obstacle("saturated(other)") == nil)
    #expect(
      try obstacle("step > 3 and saturated(fc1.relu)")
        == "saturated() needs the output of tanh or sigmoid, such as fc2.tanh, which fc1.relu is not")
    #expect(try obstacle("saturated(fc2.tanh.grad)") != nil)
  }
}
