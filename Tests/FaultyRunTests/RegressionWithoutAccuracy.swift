import Autograd
import Datasets
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// Outputs that are no scores of classes have a loss, but no accuracy.
struct RegressionWithoutAccuracy {
  private static func results(_ make: () throws -> Experiment) throws -> [EpochResult] {
    var results: [EpochResult] = []
    try HeadlessRun(make(), now: { 0 }).run { results.append($0) }
    return results
  }

  private static let regression: @Sendable () throws -> Experiment = {
    let layer = try linear([[1]])
    let model = Network([("fc1", layer)]) { try layer($0) }
    let data = try rows([[1], [-1], [2]], targets: [2, -2, 1])
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 0.1), trainData: data,
      validationData: data.dataset, epochs: 2, seed: 0)
  }

  /// The digits, drawn again by a network that ignores their labels.
  private static let autoencoder: @Sendable () throws -> Experiment = {
    var generator = Generator(seed: 1, purpose: .initialization)
    let model = MultilayerPerceptron(sizes: [64, 8, 64], generator: &generator)
    let data = try Subset(ImageDataset.digitsTrain(), indices: Array(0..<20))
    let images = try data.batch(at: Array(0..<20)).inputs
    return Experiment(
      name: "digits", model: model, loss: Redrawing(images: images),
      optimizer: SGD(model.namedParameters(), learningRate: 0.1),
      trainData: try DataLoader(data, batchSize: 20), validationData: data, epochs: 1, seed: 0)
  }

  private struct Redrawing: Loss {
    let images: Tensor

    func callAsFunction(
      _ output: Tensor, _ target: Tensor, file: StaticString, line: UInt
    ) throws -> Tensor {
      // Halves of the images are measured too.
      try output.mseLoss(images.narrow(dim: 0, start: 0, length: output.shape[0]), file: file, line: line)
    }
  }

  @Test func aRegressionHasNoAccuracy() throws {
    for result in try Self.results(Self.regression) {
      #expect(result.trainAccuracy == nil && result.validationAccuracy == nil)
      #expect(result.validationLoss != nil)
    }
  }

  @Test func anAutoencoderHasNoAccuracy() throws {
    let result = try #require(try Self.results(Self.autoencoder).first)
    #expect(result.trainAccuracy == nil && result.validationAccuracy == nil)
  }

  @Test func theLossLeadsInTheLinesOfARunWithoutAScreen() throws {
    let result = try #require(try Self.results(Self.regression).last)
    let plain = EpochReport(isJSON: false).line(for: result, of: 2)
    #expect(plain.contains("  validation loss ") && !plain.contains("accuracy"), "\(plain)")
    let json = EpochReport(isJSON: true).finalLine(for: result)
    #expect(json.contains(#""validationLoss":"#) && json.contains(#""trainAccuracy":null"#), "\(json)")
  }

  @Test func theScreenShowsTheValidationLossInPlaceOfAnAccuracy() throws {
    let run = try FaultyRun(Self.regression)
    try run.after(.run)
    #expect(run.news.losses.allSatisfy { $0.accuracy == nil })
    let screen = run.shown()
    #expect(screen.contains("val loss ") && !screen.contains("val acc"), "\(screen)")
    #expect(run.news.moment?.batch?.samples.allSatisfy { $0.prediction == nil } == true)
  }
}
