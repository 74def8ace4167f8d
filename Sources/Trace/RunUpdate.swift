/// What has happened since the screen last looked.
public struct RunUpdate: Sendable, Equatable {
  /// What the run is doing.
  public enum Status: Sendable, Equatable {
    /// The data and the model are being made.
    case preparing
    case running
    case paused
    case finished
    /// It ended with an error, in words for the user.
    case failed(String)
  }

  /// One iteration's loss.
  public struct LossPoint: Sendable, Equatable {
    public var iteration: Int
    public var loss: Float

    /// The loss at an iteration.
    public init(iteration: Int, loss: Float) {
      self.iteration = iteration
      self.loss = loss
    }
  }

  public var status: Status?
  public var description: RunDescription?
  public var moment: Moment?
  public var losses: [LossPoint] = []
  public var epochs: [EpochResult] = []
  /// What the user must know, such as an iteration that was not met again bit for bit.
  public var warnings: [String] = []

  /// An update that says nothing yet.
  public init() {}

  /// Whether it says nothing.
  public var isEmpty: Bool { self == RunUpdate() }

  /// Adds what happened later: the newest state wins, losses, epochs and warnings are all kept.
  public mutating func append(_ later: RunUpdate) {
    status = later.status ?? status
    description = later.description ?? description
    moment = later.moment ?? moment
    losses += later.losses
    epochs += later.epochs
    warnings += later.warnings
  }
}

/// How a model does after an epoch.
public struct EpochResult: Sendable, Equatable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The iterations done since the start.
  public var iteration: Int
  /// The mean loss of the epoch's iterations.
  public var loss: Double
  /// The mean loss over the validation set; nil without one.
  public var validationLoss: Double?
  /// The share of training samples classified correctly after the epoch.
  public var trainAccuracy: Double
  /// The same of the validation samples; nil without a validation set.
  public var validationAccuracy: Double?
  /// Seconds since the start.
  public var seconds: Double

  /// A result.
  public init(
    epoch: Int, iteration: Int, loss: Double, validationLoss: Double?, trainAccuracy: Double,
    validationAccuracy: Double?, seconds: Double
  ) {
    self.epoch = epoch
    self.iteration = iteration
    self.loss = loss
    self.validationLoss = validationLoss
    self.trainAccuracy = trainAccuracy
    self.validationAccuracy = validationAccuracy
    self.seconds = seconds
  }
}
