import Datasets
import NN
import Training

/// The choices of `tapedeck train`: a value that can cross to the training queue and be made an experiment there.
public struct TrainSettings: Sendable, Equatable {
  /// How the parameters are changed.
  public enum OptimizerKind: String, Sendable, CaseIterable {
    case sgd
  }

  /// The sizes of the layers, from input to output.
  public var layers = [64, 128, 10]
  public var optimizer = OptimizerKind.sgd
  public var learningRate = 0.1
  public var momentum = 0.9
  public var batchSize = 64
  public var epochs = 20
  public var seed: UInt64 = 42

  /// The guide's network on the embedded digits.
  public init() {}

  /// Checks that the settings fit each other and the data, before anything starts.
  ///
  /// - Throws: ``SettingsError`` for the first setting that does not.
  public func validate() throws(SettingsError) {
    guard layers.count >= 2, layers.allSatisfy({ (1...65_536).contains($0) }) else {
      throw SettingsError(
        option: "--layers", expected: "at least two sizes from 1 to 65536, such as 64,128,10",
        got: layers.map(String.init).joined(separator: ","))
    }
    guard layers.first == 64, layers.last == 10 else {
      throw SettingsError(
        option: "--layers",
        expected: "64 first and 10 last for the digits: images of 8×8 pixels in, ten classes out",
        got: layers.map(String.init).joined(separator: ","))
    }
    guard learningRate.isFinite, learningRate > 0 else {
      throw SettingsError(option: "--lr", expected: "a number above 0, such as 0.1", got: "\(learningRate)")
    }
    guard momentum >= 0, momentum < 1 else {
      throw SettingsError(option: "--momentum", expected: "a number from 0 to below 1", got: "\(momentum)")
    }
    guard batchSize >= 1 else {
      throw SettingsError(option: "--batch", expected: "a whole number from 1", got: "\(batchSize)")
    }
    guard (1...1_000_000).contains(epochs) else {
      throw SettingsError(option: "--epochs", expected: "a whole number from 1 to 1000000", got: "\(epochs)")
    }
  }

  /// The experiment that these settings describe, made on the calling thread.
  ///
  /// - Throws: ``SettingsError``, or the error of the data set.
  public func makeExperiment() throws -> Experiment {
    try validate()
    var generator = Generator(seed: seed, purpose: .initialization)
    let model = MultilayerPerceptron(sizes: layers, initialization: .kaimingNormal, generator: &generator)
    return Experiment(
      name: "digits", model: model, loss: CrossEntropyLoss(),
      optimizer: SGD(model.namedParameters(), learningRate: learningRate, momentum: momentum),
      trainData: try DataLoader(
        ImageDataset.digitsTrain(), batchSize: batchSize, shuffle: true, seed: seed),
      validationData: try ImageDataset.digitsValidation(), epochs: epochs, seed: seed)
  }
}

/// A setting that cannot be.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The option on the command line.
  public let option: String
  public let expected: String
  public let got: String

  public var description: String { "\(option) expects \(expected), but got \(got)." }
}
