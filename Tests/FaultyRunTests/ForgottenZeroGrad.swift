import Autograd
import NN
import Testing
import Trace
import Training

/// Gradients are not reset between steps.
struct ForgottenZeroGrad {
  @Sendable private static func make() throws -> Experiment {
    let layer = try linear([[1, -0.5]], bias: [0.25])
    let model = Network([("fc1", layer)]) { try layer($0) }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(layer.namedParameters(), learningRate: 0.125),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  // The same in PyTorch without optimizer.zero_grad(): weight.grad is [13.5, -6.25] after the first step,
  // and [7.34375, -7.40625] after the second; its norm was 14.876575469970703.
  @Test func whatIsKeptIsAddedBeforeTheEyesOfTheUser() throws {
    let run = try FaultyRun(Self.make)
    try run.after(.change(.zeroGrad(false), future: .dropped))
    try run.go(to: .update, of: 1)
    #expect(try run.bridge(of: "fc1.weight").accumulation.isEmpty)
    try run.go(to: .backward, node: 1, of: 2)
    let sent = try run.bridge(of: "fc1.linear").contributions
    #expect(sent.map(\.target) == ["fc1.weight", "fc1.bias"])
    #expect(sent[0].kept == 14.876575)
    let sum = [
      "g ← old + new = 13.5 + (−6.156) = 7.344", "old is kept from earlier steps: zero_grad was off",
    ]
    #expect(try run.bridge(of: "fc1.weight").accumulation == sum)
    try run.go(to: .update, node: 1, of: 2)
    let bridge = try run.bridge(of: "fc1.weight")
    #expect(bridge.accumulation == sum)
    #expect(bridge.update == ["w ← w − η·g = −0.6875 − 0.125 · 7.344 = −1.605"])
    #expect(
      try run.bridge(of: "fc1.weight", cell: 1).accumulation[0].hasPrefix("g ← old + new = −6.25 + (−1.156)"))
  }

  @Test func theGradientCheckIsAboutThisStepAlone() throws {
    let run = try FaultyRun(Self.make)
    try run.after(.change(.zeroGrad(false), future: .dropped))
    try run.go(to: .update, of: 3)
    let check = try run.check("fc1.weight")
    #expect(check.judgement == .agrees)
    #expect(check.cells.map(\.index) == [[0, 0], [0, 1]])
  }

  @Test func aRateThatIsChangedAfterTheUpdateIsNotThatOfTheUpdate() throws {
    let run = try FaultyRun(Self.make)
    try run.go(to: .update, node: 1, of: 1)
    let update = try run.bridge(of: "fc1.weight").update
    try run.after(.change(.hyperparameter(name: "lr", value: 8), future: .dropped))
    #expect(try run.bridge(of: "fc1.weight").update == update)
    #expect(try run.looking(at: "fc1.weight").optimizer == "SGD lr 8")
  }
}
