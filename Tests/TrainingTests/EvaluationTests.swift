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

  // torch.tensor([1., 1. + 1e-12, 0.], dtype=torch.float64).argmax(), torch.tensor([1., nan, 2., nan]).argmax()  → 1
  @Test(arguments: [[1, 1 + 1e-12, 0, 0, 0, 0, 0, 0, 0, 0], [1, .nan, 2, .nan, 0, 0, 0, 0, 0, 0]])
  func accuracyIsThatOfTheGreatestScoreAsPyTorchHasIt(_ scores: [Double]) throws {
    let make: @Sendable () throws -> Experiment = {
      var experiment = try smallExperiment()
      let model = try Constant(scores)
      experiment.model = model
      experiment.optimizer = SGD(model.namedParameters(), learningRate: 0)
      return experiment
    }
    let experiment = try make()
    let data = try #require(experiment.validationData)
    let labels = try data.batch(at: Array(0..<data.count)).targets.integers()
    let share = Double(labels.count { $0 == 1 }) / Double(labels.count)
    #expect(share > 0)
    try HeadlessRun(experiment, now: { 0 }).run {
      #expect($0.validationAccuracy == share)
      #expect($0.trainAccuracy == share)
    }
    let probe = RunProbe(make)
    _ = try #require(probe.stop())
    let moment = try #require(probe.stop(after: .nextStep))
    let batch = try #require(moment.batch)
    #expect(batch.samples.allSatisfy { $0.prediction == 1 || $0.prediction == nil })
  }
}

/// The same scores for every sample.
private final class Constant: Module {
  private let scores: Tensor

  init(_ scores: [Double]) throws {
    self.scores = try Tensor(scores, shape: [1, scores.count], requiresGrad: true)
  }

  var ownParameters: [NamedParameter] { [("scores", scores)] }
  func forward(_ input: Tensor) throws -> Tensor { try Tensor.zeros([input.shape[0], 1]) + scores }
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
