import Autograd
import NN
import Testing
import Trace
import Training

/// Only the head is trained, by an optimizer that has its parameters under other names than the model does.
struct HeadOnlyOptimizer {
  @Sendable private static func make() throws -> Experiment {
    let body = try linear([[0.5, -0.25], [0.75, 1]], bias: [0, 0])
    let head = try linear([[1, -0.5]], bias: [0.25])
    let model = Network([("body", body), ("head", head)]) { try head(body($0)) }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(head.namedParameters(), learningRate: 0.125, momentum: 0.5),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  // The same in PyTorch: torch.optim.SGD(head.parameters(), lr=0.125, momentum=0.5), and in the second step
  // head.weight.grad[0, 0] = 3.296630859375, momentum_buffer[0, 0] = 4.15625 → 5.374755859375,
  // head.weight[0, 0] = 0.48046875 → -0.191375732421875
  @Test func theFormulaHasTheGradientAndTheVelocityOfItsOwnParameter() throws {
    let run = try FaultyRun(Self.make)
    try run.go(to: .update, of: 1)
    #expect(
      try run.bridge(of: "head.weight").update == [
        "v ← g = 4.156, in the first step", "w ← w − η·v = 1 − 0.125 · 4.156 = 0.4805",
      ])
    try run.go(to: .update, of: 2)
    let bridge = try run.bridge(of: "head.weight")
    #expect(
      bridge.update == [
        "v ← μ·v + g = 0.5 · 4.156 + 3.297 = 5.375", "w ← w − η·v = 0.4805 − 0.125 · 5.375 = −0.1914",
      ])
    #expect(bridge.numpy == ["v = momentum * v + dW2", "W2 -= lr * v"])
    #expect(bridge.notes == ["W2 is head.weight.T"])
    #expect(try run.looking(at: "head.weight").phaseNodeCount == 2)
  }

  // body.weight.grad[0, 0] = 5.0 after the first backward, 7.154132843017578 after the second.
  @Test func theBodyHasNoUpdateAndAddsToTheGradientThatNobodyResets() throws {
    let run = try FaultyRun(Self.make)
    try run.go(to: .update, of: 1)
    let first = try run.bridge(of: "body.weight")
    #expect(first.accumulation.isEmpty && first.contributions.map(\.kept) == [nil])
    #expect(first.numpy.isEmpty && first.pytorch == nil && first.update.isEmpty)
    try run.go(to: .update, of: 2)
    let second = try run.bridge(of: "body.weight")
    #expect(
      second.accumulation == [
        "g ← old + new = 5 + 2.154 = 7.154",
        "old is kept from earlier steps: the optimizer does not have this parameter",
      ])
    #expect(second.contributions.map(\.kept) == [9.279724])
  }

  @Test func twoModulesWhoseParametersHaveTheSameNamesKeepTheirOwnMemory() throws {
    let run = try FaultyRun {
      var experiment = try Self.make()
      let parts = experiment.model.children.map(\.module)
      experiment.optimizer = SGD(
        parts[1].namedParameters() + parts[0].namedParameters(), learningRate: 0.125, momentum: 0.5)
      return experiment
    }
    #expect(try run.go(to: .update, node: 3, of: 2).phaseNodeCount == 4)
    let velocities = try ["head.weight", "body.weight"].map { try run.bridge(of: $0).update[0] }
    #expect(velocities[0].hasPrefix("v ← μ·v + g = 0.5 · 4.156 + "))
    #expect(velocities[1].hasPrefix("v ← μ·v + g = 0.5 · 5 + "))
    // A keyframe has the memory of both.
    try run.after(.seek(Position(step: 1, phase: .update, node: 0)), .seekHead)
    #expect(try ["head.weight", "body.weight"].map { try run.bridge(of: $0).update[0] } == velocities)
    #expect(run.news.warnings.isEmpty)
  }
}
