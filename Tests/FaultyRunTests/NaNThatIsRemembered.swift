import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// A gradient that is NaN in one step, and lives on in what is kept from step to step: the gradient that nobody resets, and the
/// memory of the optimizer.
struct NaNThatIsRemembered {
  /// The second row makes the derivative of |body(x)|, written as √(h²), infinite times 0.
  private static func experiment(
    _ optimizer: @escaping @Sendable (_ body: Linear, _ head: Linear) -> any Optimizer
  ) -> @Sendable () throws -> Experiment {
    {
      let (body, head) = (try linear([[1, 1]]), try linear([[1]]))
      let model = Network([("body", body), ("head", head)]) { x in
        let h = try body(x)
        return try head(h.mul(h).sqrt())
      }
      let table = try TableDataset(
        name: "rows", featureNames: ["a", "b"], features: [1, 2, 0, 0, 2, 1, 1, 1, 3, 1],
        targets: .values([4, 2, 5, 3, 6]))
      return Experiment(
        name: "rows", model: model, loss: MSELoss(), optimizer: optimizer(body, head),
        trainData: try DataLoader(table, batchSize: 1, shuffle: false, seed: 0), epochs: 3, seed: 0)
    }
  }

  private static let reason = "it starts in the backward pass of sqrt: the derivative of a square root, "

  @Test(arguments: [nil, 1])
  func aGradientThatNobodyResetsLeadsToTheStepInWhichItBegan(cell: Int?) throws {
    let run = try FaultyRun(Self.experiment { _, head in SGD(head.namedParameters(), learningRate: 0.01) })
    try run.go(to: .update, of: 5)
    #expect(try run.looking(at: "body.weight", .gradient).focus?.values.allSatisfy(\.isNaN) == true)
    let cause = try run.why("body.weight", .gradient, cell: cell)
    #expect(cause.defect == .nan)
    #expect(cause.path.map(\.node).prefix(2) == ["body.weight", "body.weight"])
    #expect(cause.path.map(\.position.step).prefix(2) == [5, 2])
    #expect(cause.path.dropFirst().allSatisfy { $0.position.step == 2 && $0.view == .gradient })
    #expect(cause.conclusion.hasPrefix(Self.reason), "\(cause)")
    // The same answer as in the step itself.
    try run.go(to: .update, of: 2)
    #expect(try run.why("body.weight", .gradient, cell: cell).conclusion == cause.conclusion)
  }

  @Test func soDoesOneThatIsKeptSinceZeroGradIsOff() throws {
    let run = try FaultyRun(
      Self.experiment { body, head in
        SGD(body.namedParameters() + head.namedParameters(), learningRate: 0.01)
      })
    try run.after(.change(.zeroGrad(false), future: .dropped))
    try run.go(to: .update, node: 1, of: 2)
    // The weights are mended by hand; their gradients are not.
    for index in 0...1 {
      try run.after(.change(.cell(parameter: "body.weight", index: [0, index], value: 1), future: .dropped))
    }
    try run.go(to: .update, of: 3)
    let cause = try run.why("body.weight", .update, cell: 0)
    #expect(cause.path.map(\.view).prefix(2) == [.update, .gradient])
    #expect(cause.path.map(\.position.step).prefix(3) == [3, 3, 2])
    #expect(cause.conclusion.hasPrefix(Self.reason), "\(cause)")
  }

  @Test(arguments: ["momentum_buffer", "exp_avg"])
  func whatTheOptimizerRemembersLeadsToTheStepInWhichItBegan(slot: String) throws {
    let run = try FaultyRun(
      Self.experiment { body, head in
        let all = body.namedParameters() + head.namedParameters()
        return slot == "exp_avg" ? Adam(all, learningRate: 0.01) : SGD(all, learningRate: 0.01, momentum: 0.9)
      })
    try run.go(to: .update, node: 1, of: 2)
    for index in 0...1 {
      try run.after(.change(.cell(parameter: "body.weight", index: [0, index], value: 1), future: .dropped))
    }
    try run.go(to: .update, of: 3)
    #expect(try run.looking(at: "body.weight", .value).focus?.values.allSatisfy(\.isNaN) == true)
    for view in [TensorView.value, .update] {
      let cause = try run.why("body.weight", view)
      #expect(cause.path.map(\.position.step).prefix(3) == [3, 2, 2])
      #expect(cause.path[1].view == .update && cause.path[1].index == [0, 0])
      #expect(cause.path[1].text == "the optimizer's \(slot) becomes NaN")
      #expect(cause.path[2].view == .gradient)
      #expect(cause.conclusion.hasPrefix(Self.reason), "\(cause)")
    }
  }

  @Test func aMemoryThatOverflowsNamesTheGradientThatItWasGiven() throws {
    let run = try FaultyRun {
      let layer = try linear([[1]])
      let table = try TableDataset(
        name: "rows", featureNames: ["a"], features: [1, 2, 1e12, 1, 2], targets: .values([2, 3, 1, 2, 3]))
      return Experiment(
        name: "rows", model: Network([("fc", layer)]) { try layer($0) }, loss: MSELoss(),
        optimizer: Adam(layer.namedParameters(), learningRate: 0.01),
        trainData: try DataLoader(table, batchSize: 1, shuffle: false, seed: 0), epochs: 3, seed: 0)
    }
    // 1e24 squared is infinite, and a step divided by infinity is 0: the weight stands still, though it has gradients.
    try run.go(to: .update, of: 5)
    let cause = try run.why("fc.weight", .update)
    #expect(cause.defect == .zero)
    #expect(cause.conclusion.contains("exp_avg_sq was inf"), "\(cause.conclusion)")
  }
}
