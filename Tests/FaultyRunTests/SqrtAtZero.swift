import Autograd
import NN
import Testing
import Trace
import Training

/// A distance that is 0 for one sample: the root's derivative is infinite there, and the gradient that comes in cancels to 0.
struct SqrtAtZero {
  @Sendable private static func make() throws -> Experiment {
    let layer = try linear([[1, 0], [0, 1]])
    let model = Network([("fc1", layer)]) { input in
      let hidden = try layer(input)
      let distance = try hidden.mul(hidden).sum(dim: 1, keepDim: true).sqrt()
      return try distance.add(distance.neg()).add(hidden.sum(dim: 1, keepDim: true))
    }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(layer.namedParameters(), learningRate: 0.1),
      trainData: try rows([[3, 4], [0, 0]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  private static let reason =
    "it starts in the backward pass of sqrt: the derivative of a square root, 1 ÷ (2√x), is infinite at 0, "
    + "and 0 times infinity is NaN; the gradient of sqrt[1,0] is 0, sum[1,0] is 0"

  // h = torch.tensor([[3., 4.], [0., 0.]], requires_grad=True); d = (h * h).sum(1).sqrt()
  // (d + -d).sum().backward(); h.grad → [[0., 0.], [nan, nan]]
  @Test func whyAnswersForTheGradientThatIsPassedOnAndStoppedTheRun() throws {
    let run = try FaultyRun(Self.make)
    let stop = try run.run(to: "nan")
    #expect(stop.position.phase == .backward)
    #expect(stop.hit?.measured == "1 of 2 values of the gradient that is passed on is NaN")
    #expect(stop.current.map { stop.graph.nodes[$0].name } == "sqrt" && stop.focus?.view == .gradient)
    for (view, cell) in [(TensorView.gradient, nil), (.gradient, 0), (.gradient, 1), (.value, nil)] {
      let cause = try run.why("sqrt", view, cell: cell)
      #expect(cause.defect == .nan)
      #expect(cause.path.map(\.node) == ["sqrt"])
      #expect(cause.path.map(\.position) == [stop.position])
      #expect(cause.path.map(\.text) == ["passes on 1 NaN of 2 to sum"])
      #expect(cause.conclusion == Self.reason)
    }
  }

  @Test func aWeightThatIsNaNLeadsToTheSamePlace() throws {
    let run = try FaultyRun(Self.make)
    try run.go(to: .update, of: 1)
    for cell in [nil, 0] {
      let cause = try run.why("fc1.weight", .update, cell: cell)
      #expect(cause.path.first?.view == .update && cause.path.last?.view == .gradient)
      #expect(cause.conclusion == Self.reason)
    }
  }

  @Test func aGradientThatCancelsSaysWhatCancelled() throws {
    let run = try FaultyRun(Self.make)
    try run.go(to: .update, of: 1)
    // The root's gradient is 0 in both rows, and only the other row passes a number on.
    let cause = try run.why("sqrt", .gradient, cell: 0)
    #expect(cause.defect == .zero)
    #expect(cause.conclusion.hasPrefix("the contributions to the gradient of sqrt[0,0] cancel out: "))
    #expect(
      cause.conclusion.hasSuffix(
        ": 6 from add, −6 from neg; all of the gradient of sqrt has been 0 from the start"))
  }
}
