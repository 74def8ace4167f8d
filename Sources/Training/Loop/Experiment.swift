import Autograd
import Datasets
import NN

/// What is trained, on what, and how: all that a user of the library writes.
///
/// A run is a function of its experiment alone, so the same experiment gives the same numbers to the bit.
public struct Experiment {
  /// What the status line calls the data.
  public var name: String
  public var model: any Module
  public var loss: any Loss
  public var optimizer: any Optimizer
  public var trainData: DataLoader
  /// Samples that are not trained on, to measure with; nil for none.
  public var validationData: (any Dataset)?
  public var epochs: Int
  /// The seed that the model and the data were made with, for the record.
  public var seed: UInt64
  /// How many threads matrix products and long loops may take; no number depends on it.
  public var productThreads = ProductThreads()

  /// An experiment.
  public init(
    name: String, model: any Module, loss: any Loss, optimizer: any Optimizer, trainData: DataLoader,
    validationData: (any Dataset)? = nil, epochs: Int, seed: UInt64
  ) {
    self.name = name
    self.model = model
    self.loss = loss
    self.optimizer = optimizer
    self.trainData = trainData
    self.validationData = validationData
    self.epochs = epochs
    self.seed = seed
  }
}
