import Autograd
import NN
import Testing
import Trace
import Training

/// Numbers whose products are too large for float32.
struct OverflowingProduct {
  private static func experiment(
    _ weight: [[Float]] = [[1, 1], [1, 1]], rate: Double = 0.1,
    _ body: @escaping @Sendable (Tensor) throws -> Tensor = { $0 }
  ) -> @Sendable () throws -> Experiment {
    {
      let layer = try linear(weight)
      let model = Network([("fc1", layer)]) { try body(layer($0)).sum(dim: 1, keepDim: true) }
      return Experiment(
        name: "rows", model: model, loss: L1Loss(),
        optimizer: SGD(layer.namedParameters(), learningRate: rate),
        trainData: try rows([[3, 4], [1e20, 2]], targets: [1, -1]), epochs: 5, seed: 0)
    }
  }

  @Test func aProductOfALinearMapNamesBothFactors() throws {
    let run = try FaultyRun(Self.experiment([[1e20, 1], [1, 1]]))
    try run.run(to: "inf")
    #expect(
      try run.why("fc1.linear", .value).conclusion
        == "fc1.linear is the first tensor with infinite values: the sum of 2 products is too large for the "
        + "element type; the largest is x[1,0] × fc1.weight[0,0] = 1e20 × 1e20")
    #expect(
      try run.why("fc1.linear", .value, cell: 2).conclusion
        == "fc1.linear[1,0] is the first cell that is infinite: the sum of 2 products is too large for the "
        + "element type; the largest is x[1,0] × fc1.weight[0,0] = 1e20 × 1e20")
  }

  @Test func aProductOfTwoTensorsNamesBothFactors() throws {
    let run = try FaultyRun(Self.experiment { try $0.mul($0.mul(10)) })
    try run.run(to: "inf")
    let cause = try run.why("mul_2", .value)
    #expect(
      cause.conclusion
        == "mul_2 is the first tensor with infinite values: fc1.linear[1,0] × mul[1,0] = 1e20 × 1e21 is "
        + "too large for the element type")
  }

  @Test func aProductInBackwardNamesBothFactors() throws {
    let run = try FaultyRun(Self.experiment([[1e-3, 0], [0, 0]]) { try $0.mul(1e20) })
    try run.run(to: "inf")
    let cause = try run.why("fc1.linear", .gradient)
    #expect(
      cause.conclusion.hasPrefix("it starts in the backward pass of fc1.linear: "))
    #expect(
      cause.conclusion.hasSuffix("the largest is the gradient of fc1.linear[1,0] × x[1,0] = 5e19 × 1e20"))
    #expect(cause.path.map(\.text) == ["passes on 2 infinite of 4 to fc1.weight"])
  }

  @Test func anUpdateNamesTheGradientAndTheLearningRate() throws {
    let run = try FaultyRun(Self.experiment(rate: 1e20))
    try run.run(to: "inf")
    for view in [TensorView.value, .update] {
      #expect(
        try run.why("fc1.weight", view).conclusion
          == "the update of step 1 made fc1.weight[0,0] infinite: before it, the weight was 1; its gradient is "
          + "5e19 and the learning rate 1e20")
    }
  }
}
