import Autograd
import Datasets
import Diagnosis
import NN
import Trace

/// What is trained, on which data, and how: all that a user of the library writes.
///
/// A run is a function of its experiment alone, so the same experiment gives the same numbers to the bit.
public struct Experiment {
  /// The name of the data on the status line.
  public var name: String
  /// The model that is trained.
  public var model: any Module
  /// The loss that is minimized.
  public var loss: any Loss
  /// The optimizer, made for the model's parameters.
  public var optimizer: any Optimizer
  /// The batches of the training data.
  public var trainData: DataLoader
  /// Samples for validation, which are not trained on; nil for none.
  public var validationData: (any Dataset)?
  /// How many times to go through the training data.
  public var epochs: Int
  /// The seed with which the model and the data were made, as the debugger shows it.
  public var seed: UInt64
  /// How gradients are limited before each update; nil to leave them as they are.
  public var clipping: GradientClipping?
  /// What changes the learning rate during the run, made for ``optimizer``; nil for nothing.
  public var schedule: (any Schedule)?
  /// When the schedule moves on.
  public var scheduleInterval: ScheduleInterval
  /// What was done to the data, as the screen and a recording say it; nil for nothing.
  package var preparation: DataPreparation?
  /// How many threads matrix products and long loops may use; the results do not depend on it.
  public var productThreads = ProductThreads()
  /// Whether the options of `tapedeck train` describe it, and no program of the user's.
  package var isOfOptions = false
  /// Which rules of diagnosis are judged, and with which numbers.
  package var diagnosisSettings = Diagnosis.Settings()
  /// Where the user's source describes it; errors of the model's call and of the loss name that line.
  let location: SourceLocation

  /// An experiment from its parts.
  public init(
    name: String, model: any Module, loss: any Loss, optimizer: any Optimizer, trainData: DataLoader,
    validationData: (any Dataset)? = nil, epochs: Int, seed: UInt64, clipping: GradientClipping? = nil,
    schedule: (any Schedule)? = nil, scheduleInterval: ScheduleInterval = .epoch,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.name = name
    self.model = model
    self.loss = loss
    self.optimizer = optimizer
    self.trainData = trainData
    self.validationData = validationData
    self.epochs = epochs
    self.seed = seed
    self.clipping = clipping
    self.schedule = schedule
    self.scheduleInterval = scheduleInterval
    location = SourceLocation(file: file, line: line)
  }
}

extension Experiment {
  /// The rules of diagnosis that are not judged, by name: `dead-relu`.
  public var mutedRules: Set<String> {
    get { diagnosisSettings.muted }
    set { diagnosisSettings.muted = newValue }
  }
}
