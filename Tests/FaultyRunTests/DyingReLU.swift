import Autograd
import NN
import Testing
import Trace
import Training

/// All units of a layer are shut by their biases, so its weights are never updated again.
struct DyingReLU {
  private static func experiment(rate: Double = 0.1, bias: Float = -100) -> @Sendable () throws -> Experiment
  {
    {
      let (first, last) = (
        try linear([[1, 0], [0, 1]], bias: [bias, bias]), try linear([[1, 1]], bias: [0])
      )
      let model = Network([("fc1", first), ("fc2", last)]) { try last(first($0).relu()) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: rate),
        trainData: try rows([[3, 4], [1, 2]], targets: [1, -1]), epochs: 5, seed: 0)
    }
  }

  @Test func theLastUpdateLeadsToTheReLU() throws {
    let run = try FaultyRun(Self.experiment())
    try run.go(to: .update, node: 3, of: 2)
    for cell in [nil, 0] {
      let cause = try run.why("fc1.weight", .update, cell: cell)
      #expect(cause.defect == .zero)
      #expect(cause.path.map(\.node) == ["fc1.weight", "fc1.weight", "fc1.linear"])
      #expect(cause.path.map(\.view) == [.update, .gradient, .gradient])
      #expect(
        cause.conclusion.hasPrefix(
          "it starts in the backward pass of fc1.relu: relu passes gradient only where its input is above 0"))
    }
  }

  @Test func aStepThatIsTooSmallIsSaidToBeSo() throws {
    let run = try FaultyRun(Self.experiment(rate: 1e-12, bias: 1))
    try run.go(to: .update, of: 1)
    let cause = try run.why("fc1.weight", .update)
    #expect(cause.path.map(\.view) == [.update])
    #expect(cause.conclusion.hasPrefix("the step is too small to change fc1.weight["))
    #expect(cause.conclusion.hasSuffix(" and the learning rate 1e−12"))
  }

  @Test func aLearningRateOfZeroIsNamed() throws {
    let run = try FaultyRun(Self.experiment(rate: 0, bias: 1))
    try run.go(to: .update, of: 1)
    let cause = try run.why("fc1.weight", .update, cell: 0)
    #expect(
      cause.conclusion.hasPrefix("the learning rate is 0, so the update leaves fc1.weight[0,0] as it is"))
  }

  @Test func anUpdateWithNothingWrongIsSaidToBeSound() throws {
    let run = try FaultyRun(Self.experiment(bias: 1))
    try run.go(to: .update, of: 1)
    #expect(
      try run.refusal(of: .findCause(node: "fc1.weight", view: .update, cell: nil))
        == "No value of the last update of fc1.weight is NaN, infinite or 0: nothing to explain.")
  }
}
