/// What has happened since the screen last looked.
public struct RunUpdate: Sendable, Equatable, Codable {
  /// What the run is doing.
  public enum Status: Sendable, Equatable, Codable {
    /// The data and the model are being made.
    case preparing
    case running
    case paused
    case finished
    /// It ended with an error, in words for the user.
    case failed(String)
  }

  /// One iteration's loss.
  public struct LossPoint: Sendable, Equatable, Codable {
    public var iteration: Int
    public var loss: Float
    /// The share of the batch that is predicted as labelled; nil where it was not measured.
    public var accuracy: Float?

    /// The loss at an iteration.
    public init(iteration: Int, loss: Float, accuracy: Float? = nil) {
      self.iteration = iteration
      self.loss = loss
      self.accuracy = accuracy
    }
  }

  public var status: Status?
  public var description: RunDescription?
  public var moment: Moment?
  /// The graph of this moment and of those to come; nil where it is that of the moment before.
  ///
  /// A moment travels without its graph, which seldom changes and may be large. ``complete(with:)`` puts it back.
  public var graph: ComputationGraph?
  public var losses: [LossPoint] = []
  public var epochs: [EpochResult] = []
  /// What the user must know, such as an iteration that was not reproduced bit for bit.
  public var warnings: [String] = []
  /// What happened, for the events pane.
  public var events: [RunEvent] = []
  /// From this moment on there is another future: what was told of its iteration and later ones holds no more.
  public var fork: Fork?
  /// How far a long progress has come, into the past or on to a step; nil when there is none.
  public var progress: Progress?
  /// The answer to the last question after a cause.
  public var cause: Cause?
  /// The answer to the last request for a gradient check.
  public var gradientCheck: GradientCheck?
  /// How the recording is doing; nil while nothing is recorded or nothing is new.
  public var recording: RecordingStatus?
  /// What the run can be asked for; nil while nothing has changed.
  public var capabilities: RunCapabilities?

  /// A future that begins at a moment of the past: the iterations from this one on are other than they were.
  public struct Fork: Sendable, Equatable, Codable {
    public var position: Position
    /// What becomes of the future that was.
    public var future: Future

    /// A fork.
    public init(position: Position, future: Future) {
      self.position = position
      self.future = future
    }
  }

  /// A progress into the past, on which iterations are run again unseen, or on to a step that has not been.
  public struct Progress: Sendable, Equatable, Codable {
    /// Where it began, where it is, and where it leads, in iterations.
    public var start: Int
    public var iteration: Int
    public var target: Int

    /// A progress.
    public init(start: Int, iteration: Int, target: Int) {
      self.start = start
      self.iteration = iteration
      self.target = target
    }
  }

  /// An update that says nothing yet.
  public init() {}

  /// Whether it says nothing.
  public var isEmpty: Bool { self == RunUpdate() }

  /// Puts the graph into the moment, and remembers it in `last` for the moments to come.
  package mutating func complete(with last: inout ComputationGraph) {
    if let graph { last = graph }
    moment?.graph = last
  }

  /// Adds what happened later: the newest state wins, losses, epochs and warnings are all kept.
  public mutating func append(_ later: RunUpdate) {
    if let fork = later.fork {
      losses.removeAll { $0.iteration >= fork.position.iteration }
      epochs.removeAll { $0.iteration >= fork.position.iteration }
      self.fork = self.fork.map { $0.position < fork.position ? $0 : fork } ?? fork
    }
    status = later.status ?? status
    description = later.description ?? description
    moment = later.moment ?? moment
    graph = later.graph ?? graph
    losses += later.losses
    epochs += later.epochs
    limit()
    warnings += later.warnings
    events += later.events
    progress = later.moment == nil ? later.progress ?? progress : later.progress
    cause = later.cause ?? cause
    gradientCheck = later.gradientCheck ?? gradientCheck
    recording = later.recording ?? recording
    capabilities = later.capabilities ?? capabilities
  }
}

/// How a model does after an epoch.
public struct EpochResult: Sendable, Equatable, Codable {
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
