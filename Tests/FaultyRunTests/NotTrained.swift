import Autograd
import NN
import Testing
import Trace
import Training

/// A part of the network that is never trained, each time for another reason.
struct NotTrained {
  private static func experiment(
    by optimizer: @escaping @Sendable (_ body: Linear, _ head: Linear) throws -> any Optimizer,
    _ link: @escaping @Sendable (Tensor) throws -> Tensor = { $0 }
  ) -> @Sendable () throws -> Experiment {
    {
      let (body, head) = (try linear([[0.5, 0.25], [1, 0]], bias: [0, 0]), try linear([[1, -1]]))
      let model = Network([("a", body), ("b", head)]) { try head(link(body($0).relu())) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(), optimizer: try optimizer(body, head),
        trainData: try rows([[1, 2], [3, 1]], targets: [1, -1]), epochs: 5, seed: 0)
    }
  }

  @Sendable private static func all(_ body: Linear, _ head: Linear) -> any Optimizer {
    SGD(body.namedParameters() + head.namedParameters(), learningRate: 0.1)
  }

  @Test func whatIsDetachedIsNamed() throws {
    let run = try FaultyRun(Self.experiment(by: Self.all) { try $0.detach() })
    let moment = try run.go(to: .update, of: 2)
    #expect(moment.phaseNodeCount == 1)
    #expect(try moment.node("constant").node.remark == "detached: a.relu")
    for view in [TensorView.gradient, .update] {
      #expect(
        try run.refusal(of: .findCause(node: "a.weight", view: view, cell: nil))
          == "Backward does not reach a.weight: constant is a.relu, detached from the graph.")
    }
  }

  @Test func whatIsFrozenIsSaidToBeSo() throws {
    let run = try FaultyRun(
      Self.experiment { body, head in
        _ = body.weight.requiringGrad(false)
        return Self.all(body, head)
      })
    let moment = try run.go(to: .update, of: 2)
    #expect(moment.phaseNodeCount == 2)
    for view in [TensorView.gradient, .update] {
      #expect(
        try run.refusal(of: .findCause(node: "a.weight", view: view, cell: nil))
          == "a.weight does not require a gradient, so backward sends it none.")
    }
  }

  // In PyTorch: model.fc = nn.Linear(...) after torch.optim.SGD(model.parameters()).
  @Test func aLayerThatIsReplacedAfterTheOptimizerWasMadeIsWarnedOf() throws {
    let make = Self.experiment { body, _ in
      SGD(body.namedParameters() + (try linear([[2, 3]])).namedParameters(), learningRate: 0.1)
    }
    let warning =
      "SGD has weight_2, which the model does not use: was its layer replaced after the optimizer was made?"
    let run = try FaultyRun(make)
    let moment = try run.go(to: .update, of: 2)
    #expect(moment.parameters.map(\.obstacle) == [nil, nil, "not in SGD", "not used"])
    #expect(run.news.warnings == [warning])
    #expect(
      try run.refusal(of: .findCause(node: "b.weight", view: .update, cell: nil))
        == "b.weight is not updated: not in SGD.")
    var warnings: [String] = []
    try HeadlessRun(make(), now: { 0 }).run {
      warnings.append($0)
    } report: { _ in
    }
    #expect(warnings == [warning])
  }

  @Test func aParameterThatIsGivenTwiceIsRefused() throws {
    let run = try FaultyRun(
      Self.experiment { body, head in
        SGD(head.namedParameters() + body.namedParameters() + head.namedParameters(), learningRate: 0.1)
      })
    try run.after(.run)
    #expect(
      try run.sentence() == "SGD got the parameter weight twice; each parameter is given once, in one group.")
    #expect(run.news.losses.isEmpty)
  }

  @Test func aLayerMadeInForwardIsMarked() throws {
    let run = try FaultyRun(Self.experiment(by: Self.all) { try linear([[1, 0], [0, 1]])($0) })
    let moment = try run.go(to: .update, of: 2)
    let node = try moment.node("parameter").node
    #expect(node.kind == .parameter && node.remark == "not listed by its module")
    #expect(!moment.parameters.contains { $0.name == "parameter" })
  }

  @Test func aSigmoidFarFromZeroPassesNothingOn() throws {
    let run = try FaultyRun {
      let layer = try linear([[100, 0]], bias: [0])
      return Experiment(
        name: "rows", model: Network([("a", layer)]) { try layer($0).sigmoid() }, loss: MSELoss(),
        optimizer: SGD(layer.namedParameters(), learningRate: 0.1),
        trainData: try rows([[1, 2], [3, 0]], targets: [0, 0]), epochs: 5, seed: 0)
    }
    let moment = try run.go(to: .update, of: 1)
    #expect(moment.parameters.map(\.gradientNorm) == [0, 0])
    #expect(
      try run.why("a.weight", .gradient).conclusion
        == "it starts in the backward pass of a.sigmoid: the derivative of sigmoid, ∂x = g × y·(1 − y), gives 0; the "
        + "gradient of a.sigmoid[0,0] is 1, a.linear[0,0] is 100; it has been so from the start")
  }
}
