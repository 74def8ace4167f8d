import Autograd
import NN
import Testing
import Trace
import Training

/// Steps that are too large: the loss grows until it is too large for the element type, or the network is shut.
struct DivergingRun {
  @Test func momentumAboveOneOverflowsAndTheLossIsNamedFirst() throws {
    let run = try FaultyRun {
      let layer = try linear([[1, 1]])
      return Experiment(
        name: "rows", model: Network([("a", layer)]) { try layer($0) }, loss: MSELoss(),
        optimizer: SGD(layer.namedParameters(), learningRate: 0.01, momentum: 1.5),
        trainData: try rows([[1, 2], [3, 1]], targets: [1, -1]), epochs: 400, seed: 0)
    }
    let stop = try run.run(to: "nan or inf")
    #expect(stop.position == Position(step: 129, phase: .loss, node: 0))
    #expect(
      try run.why("mse_loss", .value).conclusion.hasPrefix(
        "mse_loss is the first tensor with infinite values: the squares, or their sum, are too large for the element "
          + "type; the largest of 4 operands is a.linear[0,0] = 1.8315"))
    let later = try run.run(to: "nan")
    #expect(later.position == Position(step: 243, phase: .update, node: 0))
    #expect(later.hit?.measured == "1 of 2 values of the updated weight is NaN")
    // One update made the weight infinite, and the next one NaN of that.
    let cause = try run.why("a.weight", .value)
    #expect(cause.path.map(\.position.step) == [243, 242])
    #expect(
      cause.conclusion.hasPrefix(
        "the update of step 242 made a.weight[0,1] infinite: before it, the weight was 8.365117e36; its gradient is "
      ),
      "\(cause)")
    #expect(cause.conclusion.hasSuffix(", momentum_buffer was −2.5447735e38 and the learning rate 0.01"))
  }

  // A column of 1000 to 2000 beside one of 1 to 3: the rate that suits one is a thousand times too large for the other.
  @Test func featuresThatAreNotNormalizedExplode() throws {
    let run = try FaultyRun {
      let layer = try linear([[0.01, 0.01]], bias: [0])
      return Experiment(
        name: "rows", model: Network([("a", layer)]) { try layer($0) }, loss: MSELoss(),
        optimizer: SGD(layer.namedParameters(), learningRate: 0.01),
        trainData: try rows([[1, 2000], [3, 1000], [2, 1500]], targets: [1, 2, 3]), epochs: 60, seed: 0)
    }
    try run.go(to: .update, node: 1, of: 3)
    #expect(run.screen().contains { $0.contains("a.weight") && $0.contains("exploding") })
    #expect(try run.run(to: "nan or inf").position == Position(step: 5, phase: .loss, node: 0))
    #expect(
      try run.why("mse_loss", .value).conclusion.contains(
        "; the largest of 6 operands is a.linear[0,0] = 9.646"))
  }

  @Test func aRateThatShutsTheReLULeadsFromTheLastLayerToTheReLU() throws {
    let run = try FaultyRun {
      let (a, b) = (try linear([[0.5, 0.25], [1, 0]], bias: [0, 0]), try linear([[1, -1]]))
      let model = Network([("a", a), ("b", b)]) { try b(a($0).relu()) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 1000),
        trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 60, seed: 0)
    }
    try run.after(.run)
    #expect(run.news.losses.last?.loss == 1)
    for view in [TensorView.update, .gradient] {
      let cause = try run.why("b.weight", view)
      // Its gradient is the product of one that is not 0 with the output of the ReLU.
      #expect(cause.path.map(\.node).suffix(2) == ["b.weight", "a.relu"], "\(cause)")
      #expect(
        cause.conclusion.hasPrefix(
          "a.relu is the first tensor with zeros: relu is 0 where its input is not above 0; its inputs range from "
        ))
      #expect(cause.conclusion.hasSuffix("; it has been so since step 3"))
    }
  }
}
