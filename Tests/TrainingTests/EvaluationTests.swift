import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

struct EvaluationTests {
  /// A network that would answer at random while it trains.
  @Sendable private static func forgetful() throws -> Experiment {
    var experiment = try smallExperiment()
    let model = Sequential(["drop": Dropout(p: 1), "fc": try Wide()])
    experiment.model = model
    experiment.optimizer = SGD(model.namedParameters(), learningRate: 0.1)
    return experiment
  }

  @Test func dropoutIsOffWhileAnEpochIsMeasuredAndOnAgainAfterwards() throws {
    let experiment = try EvaluationTests.forgetful()
    var results: [EpochResult] = []
    try HeadlessRun(experiment, now: { 0 }).run { results.append($0) }
    // With all inputs dropped every class has the same chance, and the loss is ln 10.
    #expect(abs(results[0].loss - 2.302585) < 1e-4)
    #expect(abs(results[1].loss - 2.302585) < 1e-4)
    #expect(results.allSatisfy { ($0.validationLoss ?? 0) > 3 })
  }
}

/// A fixed linear layer with large weights and no bias.
private final class Wide: Module {
  private let weight: Tensor

  init() throws {
    var generator = Generator(seed: 3)
    weight = try Tensor.randn([10, 64], generator: &generator)
    weight.requiringGrad()
  }

  var ownParameters: [NamedParameter] { [("weight", weight)] }
  func forward(_ input: Tensor) throws -> Tensor { try input.linear(weight: weight) }
}
