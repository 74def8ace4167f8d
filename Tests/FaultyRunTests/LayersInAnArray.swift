import Autograd
import NN
import Testing
import Trace
import Training

/// Layers in an array that `children` does not name: they get gradients, and nothing trains them.
struct LayersInAnArray {
  private final class Stack: Module {
    let layers: [Linear]
    let head: Linear

    init(_ layers: [Linear], head: Linear) { (self.layers, self.head) = (layers, head) }

    var children: [Child] { [("head", head)] }
    func forward(_ input: Tensor) throws -> Tensor {
      try head(layers.reduce(input) { x, layer in try layer(x).tanh() })
    }
  }

  @Sendable private static func make() throws -> Experiment {
    let layers = [try linear([[0.5, 0.25], [1, 0]], bias: [0, 0]), try linear([[1, 1], [0, 1]])]
    let model = Stack(layers, head: try linear([[1, -1]]))
    return Experiment(
      name: "rows", model: model, loss: MSELoss(), optimizer: SGD(model.namedParameters(), learningRate: 0.1),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  @Test func theyAreParametersAndMarked() throws {
    let run = try FaultyRun(Self.make)
    let moment = try run.go(to: .update, of: 2)
    let (weight, state) = try moment.node("layers.0.weight")
    #expect(weight.kind == .parameter)
    #expect(weight.remark == "not listed by its module")
    #expect(try moment.node("head.weight").node.remark == nil)
    #expect(try moment.inputs(of: "layers.1.linear") == ["layers.0.tanh", "layers.1.weight"])
    #expect(state.gradientNorm.map { $0 > 0 } == true)
    #expect(
      moment.parameters.map { "\($0.name): \($0.obstacle ?? "trained")" } == [
        "head.weight: trained", "layers.0.weight: not listed", "layers.0.bias: not listed",
        "layers.1.weight: not listed",
      ])
    #expect(moment.phaseNodeCount == 1)
    #expect(
      run.news.warnings == [
        "layers.0.weight and 2 more are not listed by any module, so SGD does not train them"
      ])
    let screen = run.screen(.escape)
    #expect(screen.contains { $0.contains("layers.0.weight not listed") })
    #expect(screen.contains { $0.contains("layers.1.weight") && $0.contains("not listed") })
  }

  @Test func theirGradientsAreTheSameWhenTheRunComesBackToThem() throws {
    let run = try FaultyRun(Self.make)
    // Nothing resets them, so they add up, in the past as at the head.
    let there = try run.go(to: .update, of: 3)
    #expect(try run.after(.goTo(.start(of: 2))).position.step == 2)
    #expect(try run.after(.seekHead).states == there.states)
    let next = try run.go(to: .update, of: 4)
    try run.after(.goTo(.start(of: 1)))
    #expect(try run.go(to: .update, of: 4).states == next.states)
  }

  @Test func anOptimizerWithNothingToTrainIsAnError() throws {
    @Sendable func nothing() throws -> Experiment {
      var experiment = try Self.make()
      experiment.optimizer = SGD([], learningRate: 0.1)
      return experiment
    }
    let error = #expect(throws: NNError.self) { try HeadlessRun(nothing(), now: { 0 }).run { _ in } }
    #expect(
      error?.description
        == "SGD got an empty parameter list: layers.0.weight, layers.0.bias, layers.1.weight are in the model, but no "
        + "module lists them. Name the layers in children, and tensors in ownParameters.")
    let step = #expect(throws: NNError.self) { try Adam([]).step() }
    #expect(step?.description == "Adam got an empty parameter list: give it the model's namedParameters().")
  }
}
