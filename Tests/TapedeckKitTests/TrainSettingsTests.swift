import TapedeckKit
import Testing

struct TrainSettingsTests {
  /// What is wrong with the settings after a change; nil if nothing is.
  private func complaint(_ change: (inout TrainSettings) -> Void) -> String? {
    var settings = TrainSettings()
    change(&settings)
    do {
      try settings.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func theGuidesNetworkOnTheDigitsIsTheDefault() throws {
    let settings = TrainSettings()
    try settings.validate()
    #expect(settings.data == .digits)
    #expect(settings.optimizer == .sgd)
    #expect(settings.learningRate == 0.1)
    #expect(settings.momentum == 0.9)
    #expect(settings.weightDecay == 0)
    #expect(settings.batchSize == 64)
    #expect(settings.epochs == 20)
    #expect(settings.seed == 42)
    #expect(try settings.makeExperiment().description.network == "64→128→10")
  }

  @Test(arguments: [
    ([64], "64"), ([], ""), ([64, 0, 10], "64,0,10"), ([64, -5, 10], "64,-5,10"),
    ([64, 65_537, 10], "64,65537,10"),
  ])
  func layersAreAtLeastTwoSizesInTheirRange(layers: [Int], text: String) {
    #expect(
      complaint { $0.layers = layers }
        == "--layers expects at least two sizes from 1 to 65536, such as 64,128,10, but got \(text).")
  }

  @Test(arguments: [([63, 10], "63,10"), ([64, 9], "64,9"), ([10, 64], "10,64")])
  func theEndsOfTheNetworkFitTheDigits(layers: [Int], text: String) {
    #expect(
      complaint { $0.layers = layers }
        == "--layers expects 64 first and 10 last for digits: 64 inputs and 10 classes, but got \(text).")
  }

  @Test(arguments: [
    (DataSource.mnist, 784, 10), (.fashionMNIST, 784, 10), (.toy(.spiral), 2, 3), (.toy(.xor), 2, 2),
  ])
  func theEndsOfTheNetworkFitOtherData(data: DataSource, inputs: Int, classes: Int) {
    var settings = TrainSettings(data: data)
    settings.layers = [inputs, 8, classes]
    #expect(throws: Never.self) { try settings.validate() }
    settings.layers = [inputs, classes + 1]
    #expect(throws: SettingsError.self) { try settings.validate() }
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.1, "-0.1"), (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
  ])
  func theLearningRateIsAboveZeroAndFinite(rate: Double, text: String) {
    #expect(
      complaint { $0.learningRate = rate }
        == "--lr expects a number above 0, such as 0.1, but got \(text).")
  }

  @Test(arguments: [(1.0, "1.0"), (-0.1, "-0.1"), (.nan, "nan"), (.infinity, "inf")])
  func momentumIsFromZeroToBelowOne(momentum: Double, text: String) {
    #expect(
      complaint { $0.momentum = momentum }
        == "--momentum expects a number from 0 to below 1, but got \(text).")
  }

  @Test(arguments: [OptimizerKind.adam, .adamw])
  func momentumIsForOptimizersThatHaveNone(optimizer: OptimizerKind) {
    var settings = TrainSettings(optimizer: optimizer)
    settings.momentum = 0.5
    #expect {
      try settings.validate()
    } throws: { error in
      "\(error)"
        == "--momentum expects 0 with \(optimizer.rawValue), which keeps its own moments "
        + "(sgd and rmsprop take one), but got 0.5."
    }
  }

  @Test(arguments: [(-0.1, "-0.1"), (.nan, "nan"), (.infinity, "inf")] as [(Double, String)])
  func weightDecayIsFromZero(decay: Double, text: String) {
    #expect(
      complaint { $0.weightDecay = decay }
        == "--weight-decay expects a number of at least 0, but got \(text).")
  }

  @Test(arguments: [0, -1, .max])
  func aBatchHasASample(size: Int) {
    #expect(
      complaint { $0.batchSize = size }
        == "--batch expects a whole number from 1 to 1000000000, but got \(size).")
  }

  @Test(arguments: [0, -1, 1_000_001])
  func epochsAreFromOneToAMillion(epochs: Int) {
    #expect(
      complaint { $0.epochs = epochs }
        == "--epochs expects a whole number from 1 to 1000000, but got \(epochs).")
  }

  @Test func valuesAtTheirBoundsAreTaken() {
    #expect(complaint { $0.layers = [64, 10] } == nil)
    #expect(complaint { $0.layers = [64, 1, 65_536, 10] } == nil)
    #expect(complaint { $0.momentum = 0 } == nil)
    #expect(complaint { $0.learningRate = .leastNonzeroMagnitude } == nil)
    #expect(complaint { $0.batchSize = 1 } == nil)
    #expect(complaint { $0.batchSize = 1_000_000_000 } == nil)
    #expect(complaint { $0.epochs = 1_000_000 } == nil)
    #expect(complaint { $0.seed = .max } == nil)
  }

  @Test func anExperimentIsNotMadeOfSettingsThatCannotBe() {
    var settings = TrainSettings()
    settings.layers = [64, 9]
    #expect(throws: SettingsError.self) { _ = try settings.makeExperiment() }
  }

  @Test func anExperimentDescribesItsSettings() throws {
    var settings = TrainSettings()
    settings.layers = [64, 32, 16, 10]
    settings.epochs = 3
    settings.batchSize = 100
    settings.momentum = 0
    let description = try settings.makeExperiment().description
    #expect(
      description
        == RunDescription(
          data: "digits", network: "64→32→16→10", optimizer: "SGD lr 0.1", batchSize: 100, seed: 42,
          epochs: 3, stepsPerEpoch: 15,
          parameterNames: ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"],
          classNames: (0...9).map(String.init)))
  }

  @Test func aBatchLargerThanTheDataIsTheWholeData() throws {
    var settings = TrainSettings()
    settings.batchSize = 1_000_000_000
    #expect(try settings.makeExperiment().description.stepsPerEpoch == 1)
  }
}
