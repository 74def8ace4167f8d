import Autograd
import Datasets
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// A loss that is summed, not averaged: validation in larger batches must not look worse at the same error.
struct SummedLoss {
  /// A loss of the user's own, which does not say what it does with the samples.
  private struct Own: Loss {
    func callAsFunction(
      _ output: Tensor, _ target: Tensor, file: StaticString, line: UInt
    ) throws -> Tensor {
      try (output - target).square().sum()
    }
  }

  /// Nothing is learned, and validation has the samples of training, so that both losses are the same.
  private func result(_ loss: any Loss, samples: Int, batch: Int) throws -> EpochResult {
    let layer = try linear([[0]])
    let model = Network([("fc1", layer)]) { try layer($0) }
    let values = (0..<samples).map { Float($0 % 7) - 3 }
    let table = try TableDataset(
      name: "rows", featureNames: ["f0"], features: values, targets: .values(values.map { 2 * $0 }))
    let experiment = Experiment(
      name: "rows", model: model, loss: loss,
      optimizer: SGD(model.namedParameters(), learningRate: 0),
      trainData: try DataLoader(table, batchSize: batch), validationData: table, epochs: 1, seed: 0)
    var results: [EpochResult] = []
    try HeadlessRun(experiment, now: { 0 }).run { results.append($0) }
    return try #require(results.first)
  }

  @Test(arguments: [8, 32, 700])
  func trainingAndValidationAreTheSameAtTheSameError(batch: Int) throws {
    for loss in [MSELoss(reduction: .sum), Own()] as [any Loss] {
      let result = try result(loss, samples: 700, batch: batch)
      // The targets' squares are 16 on average: 16 for each sample of a batch.
      #expect((result.loss - 16 * Double(batch)).magnitude < 1e-6 * result.loss)
      let validation = try #require(result.validationLoss)
      #expect((validation - result.loss).magnitude < 1e-6 * result.loss, "\(validation) and \(result.loss)")
    }
  }

  @Test func aMeanIsLeftAsItIs() throws {
    let result = try result(MSELoss(), samples: 700, batch: 32)
    #expect((try #require(result.validationLoss) - 16).magnitude < 1e-6)
  }
}
