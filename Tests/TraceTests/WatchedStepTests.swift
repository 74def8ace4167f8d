import Testing
import Trace

/// A step that was watched shows each of its moments with the norms of its time.
struct WatchedStepTests {
  /// A parameter whose gradient comes twice and is clipped before the update.
  private static func step() -> WatchedStep {
    var step = WatchedStep(
      step: 1,
      nodes: [
        .init(id: 0, name: "w", operation: "w", kind: .parameter, shape: [2]),
        .init(id: 1, name: "mul", operation: "mul", kind: .operation, shape: [2], inputs: [0]),
      ],
      visits: [
        .init(phase: .batch, node: -1), .init(phase: .forward, node: 1), .init(phase: .backward, node: 0),
        .init(phase: .backward, node: 0), .init(phase: .update, node: 0),
      ],
      states: [
        NodeState(progress: .updated, valueNorm: 8, gradientNorm: 1),
        NodeState(progress: .forward, valueNorm: 3),
      ],
      parameters: [
        ParameterSnapshot(name: "w", weightNorm: 8, gradientNorm: 1, updateRatio: 0.1, updateNorm: 1)
      ],
      loss: 2, optimizer: nil)
    step.norms = [
      .init(visit: 2, node: 0, view: .gradient, norm: 5), .init(visit: 3, node: 0, view: .gradient, norm: 10),
      .init(visit: 4, node: 0, view: .gradient, norm: 1), .init(visit: 0, node: 0, view: .value, norm: 9),
      .init(visit: 4, node: 0, view: .value, norm: 8),
    ]
    return step
  }

  @Test func aPastMomentHasTheNormsOfItsTime() {
    let step = WatchedStepTests.step()
    let moments = (0..<5).map { step.moment(after: $0, head: .start(of: 2)) }
    #expect(moments.map { $0.parameters[0].gradientNorm } == [nil, nil, 5, 10, 1])
    #expect(moments.map { $0.parameters[0].weightNorm } == [9, 9, 9, 9, 8])
    #expect(moments.map { $0.parameters[0].updateNorm } == [nil, nil, nil, nil, 1])
    #expect(moments.map { $0.states[0].gradientNorm } == [nil, nil, 5, 10, 1])
    #expect(moments.map { $0.states[0].valueNorm } == [nil, 9, 9, 9, 8])
  }

  @Test func whereTheyAreNotKnownTheyAreThoseSeenLast() {
    var step = WatchedStepTests.step()
    step.norms = nil
    #expect(step.moment(after: 2, head: .start(of: 2)).states[0].gradientNorm == 1)
    #expect(step.moment(after: 2, head: .start(of: 2)).parameters == step.parameters)
  }
}
