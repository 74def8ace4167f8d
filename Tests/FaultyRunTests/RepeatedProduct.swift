import Autograd
import NN
import Testing
import Trace
import Training

/// The same layer applied many times, as in a network over time: what it does to a number, it does to the power.
struct RepeatedProduct {
  @Test func aWeightAboveOneOverflowsAtTheStepThatIsNamed() throws {
    let run = try FaultyRun {
      let layer = try linear([[3]])
      let model = Network([("a", layer)]) { x in
        var h = x
        for _ in 0..<100 { h = try layer(h) }
        return h
      }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try rows([[1], [3]], targets: [1, -1]), epochs: 3, seed: 0)
    }
    #expect(try run.run(to: "nan or inf").position == Position(step: 1, phase: .forward, node: 79))
    let reason =
      "a.linear_80 is the first tensor with infinite values: a.linear_79[1,0] × a.weight[0,0] = 1.4780881e38 × 3 is "
      + "too large for the element type"
    #expect(try run.why("a.linear_80", .value).conclusion == reason)
    // From where the weight is lost, the way leads back to the same place.
    #expect(try run.run(to: "nan").position.phase == .update)
    #expect(try run.why("a.weight", .value).conclusion == reason)
  }

  @Test func aFactorBelowOneUnderflowsAtTheStepThatIsNamed() throws {
    let run = try FaultyRun {
      let (a, b) = (try linear([[0.1]]), try linear([[1]]))
      let model = Network([("a", a), ("b", b)]) { x in
        var h = try a(x)
        for _ in 0..<60 { h = try b(h.tanh().mul(0.1)) }
        return h
      }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try rows([[1], [3]], targets: [1, -1]), epochs: 3, seed: 0)
    }
    try run.go(to: .update, of: 1)
    for cell in [nil, 0] {
      let cause = try run.why("a.weight", .gradient, cell: cell)
      #expect(
        cause.conclusion.hasPrefix(
          "it starts in the backward pass of mul_15: the gradient of mul_15[0,0] × constant_15 = −1e−45 × 0.1 is too "
            + "small for the element type"), "\(cause.conclusion)")
    }
  }
}
