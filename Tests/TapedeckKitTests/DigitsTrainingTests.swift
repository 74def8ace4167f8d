import TapedeckKit
import Testing

struct DigitsTrainingTests {
  private func train(epochs: Int, seed: UInt64 = 42) throws -> [EpochResult] {
    var settings = TrainSettings()
    settings.epochs = epochs
    settings.seed = seed
    var results: [EpochResult] = []
    try HeadlessRun(settings.makeExperiment(), now: { 0 }).run { results.append($0) }
    return results
  }

  // PyTorch with the same settings, the network of torch.nn.Linear(64, 128), ReLU, Linear(128, 10):
  // training accuracy 0.999, validation accuracy 0.919 after 20 epochs.
  @Test func theDigitsAreLearntAsWellAsByPyTorch() throws {
    let results = try train(epochs: 20)
    #expect(results.map(\.epoch) == Array(1...20))
    #expect(results.map(\.step) == (1...20).map { $0 * 24 })
    let last = try #require(results.last)
    #expect(try #require(last.trainAccuracy) >= 0.999)
    #expect(try #require(last.validationAccuracy) >= 0.919)
  }

  @Test func theSameSeedGivesTheSameBits() throws {
    let first = try train(epochs: 2)
    let second = try train(epochs: 2)
    #expect(first.map(\.loss.bitPattern) == second.map(\.loss.bitPattern))
    #expect(first == second)
  }

  @Test func anotherSeedGivesAnotherLoss() throws {
    #expect(try train(epochs: 1).map(\.loss) != train(epochs: 1, seed: 43).map(\.loss))
  }
}
