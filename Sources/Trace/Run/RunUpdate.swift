/// What has happened since the screen last took an update.
package struct RunUpdate: Sendable, Equatable, Codable {
  /// What the run is doing.
  package enum Status: Sendable, Equatable, Codable {
    /// The data and the model are being made.
    case preparing
    case running
    case paused
    case finished
    /// It is paused before a node that failed, with the error in words for the user: its past can be looked at.
    case halted(String)
    /// It could not be begun, or ended with an error, in words for the user.
    case failed(String)
  }

  /// One step's loss.
  package struct LossPoint: Sendable, Equatable, Codable {
    /// The step, from 1.
    package var step: Int
    /// The loss of its batch.
    package var loss: Float
    /// The share of the batch that is predicted as labelled; nil where it was not measured.
    package var accuracy: Float?

    /// The loss at a step.
    package init(step: Int, loss: Float, accuracy: Float? = nil) {
      self.step = step
      self.loss = loss
      self.accuracy = accuracy
    }
  }

  /// What the run is doing, where that is new.
  package var status: Status?
  /// What is trained, where that is new.
  package var description: RunDescription?
  /// The moment to show; nil for none.
  package var moment: Moment?
  /// The graph of this moment and of those to come; nil where it is that of the moment before.
  ///
  /// A moment travels without its graph, which seldom changes and may be large. ``complete(with:)`` puts it back.
  package var graph: ComputationGraph?
  /// The losses since the last update, in order.
  package var losses: [LossPoint] = []
  /// The values of plotted series since the last update, in the order of steps for each series.
  package var series: [SeriesPoint] = []
  /// The results of epochs since the last update.
  package var epochs: [EpochResult] = []
  /// What the user must know, such as a step that was not reproduced bit for bit.
  package var warnings: [String] = []
  /// What is worth knowing of the moment that comes with it or next; nil for nothing.
  package var notice: String?
  /// What happened, for the events pane.
  package var events: [RunEvent] = []
  /// What diagnosis has newly found.
  package var findings: [Finding] = []
  /// How many steps of a recording it has looked at, where they are fewer than those of a live run; nil while nothing has
  /// changed.
  package var judged: JudgedSteps?
  /// What the script has written, where a script is run.
  package var output: [OutputLine] = []
  /// What a script's breakpoints cost, where that was measured anew.
  package var breakpointCost: BreakpointCost?
  /// The lines of the user's files that led to the error which ended a script, from the outermost.
  package var traceback: [SourceExcerpt] = []
  /// The moment at which a new future begins: earlier news of its step and later ones is no longer valid.
  package var fork: Fork?
  /// The progress of a long seek, into the past or forward to a step; nil when there is none.
  package var progress: Progress?
  /// The share of an evaluation that is done, where it takes long; nil when there is none.
  package var evaluation: Double?
  /// The result of the last cause search.
  package var cause: Cause?
  /// The result of the last gradient check.
  package var gradientCheck: GradientCheck?
  /// How far a test of the model has come; nil when there is none.
  package var modelTest: ModelTestProgress?
  /// The result of the last test of the model.
  package var modelTestResult: ModelTestResult?
  /// What processes that train together say side by side; nil while nothing has changed, and where there is one.
  package var ranks: RankTable?
  /// The status of the recording; nil while nothing is recorded or nothing has changed.
  package var recording: RecordingStatus?
  /// The run's capabilities; nil while nothing has changed.
  package var capabilities: RunCapabilities?

  /// A new future that begins at a moment of the past: it replaces the steps from this one on.
  package struct Fork: Sendable, Equatable, Codable {
    /// The moment at which the new future begins.
    package var position: Position
    /// What becomes of the old future.
    package var future: Future

    /// A fork.
    package init(position: Position, future: Future) {
      self.position = position
      self.future = future
    }
  }

  /// The progress of a seek: into the past, where steps are run again, or forward to a step that has not been reached.
  package struct Progress: Sendable, Equatable, Codable {
    /// The step at which it began.
    package var start: Int
    /// The step it has reached.
    package var step: Int
    /// The step it goes to.
    package var target: Int

    /// The progress of a seek.
    package init(start: Int, step: Int, target: Int) {
      self.start = start
      self.step = step
      self.target = target
    }

    /// The share of its steps that are done, 0 to 1.
    package var share: Double {
      start == target ? 1 : min(1, max(0, Double(step - start) / Double(target - start)))
    }
  }

  /// An update without news.
  package init() {}

  /// Whether it contains no news.
  package var isEmpty: Bool { self == RunUpdate() }

  /// Puts the graph into the moment, and remembers it in `last` for the moments to come.
  package mutating func complete(with last: inout ComputationGraph) {
    if let graph { last = graph }
    moment?.graph = last
  }

  /// Adds what happened later: the newest state wins, losses, epochs and warnings are all kept.
  package mutating func append(_ later: RunUpdate) {
    if let fork = later.fork {
      losses.removeAll { $0.step >= fork.position.step }
      series.removeAll { $0.step >= fork.position.step }
      epochs.removeAll { $0.step >= fork.position.step }
      findings.removeAll { $0.position >= fork.position }
      self.fork = self.fork.map { $0.position < fork.position ? $0 : fork } ?? fork
    }
    status = later.status ?? status
    description = later.description ?? description
    moment = later.moment ?? moment
    graph = later.graph ?? graph
    losses += later.losses
    series += later.series
    epochs += later.epochs
    limit()
    warnings += later.warnings
    notice = later.notice ?? notice
    events += later.events
    findings += later.findings
    judged = later.judged ?? judged
    for line in later.output { output.add(line) }
    breakpointCost = later.breakpointCost ?? breakpointCost
    if !later.traceback.isEmpty { traceback = later.traceback }
    progress = later.moment == nil ? later.progress ?? progress : later.progress
    let isBeyond = later.moment != nil || !later.epochs.isEmpty || later.status != nil
    evaluation = later.evaluation ?? (isBeyond ? nil : evaluation)
    cause = later.cause ?? cause
    gradientCheck = later.gradientCheck ?? gradientCheck
    modelTest = later.modelTest ?? (isBeyond ? nil : modelTest)
    modelTestResult = later.modelTestResult ?? modelTestResult
    ranks = later.ranks ?? ranks
    recording = later.recording ?? recording
    capabilities = later.capabilities ?? capabilities
  }
}

/// How a model does after an epoch.
package struct EpochResult: Sendable, Equatable, Codable {
  /// The epoch, from 1.
  package var epoch: Int
  /// The steps done since the start.
  package var step: Int
  /// The mean loss of the epoch's steps; of a loss that is a sum, that of a whole batch.
  package var loss: Double
  /// The mean loss over the validation set, or that of as many samples as a batch has; nil without one.
  package var validationLoss: Double?
  /// The share of training samples classified correctly after the epoch; nil where targets are not classes.
  package var trainAccuracy: Double?
  /// The same of the validation samples; nil without a validation set too.
  package var validationAccuracy: Double?
  /// Seconds since the start.
  package var seconds: Double

  /// A result.
  package init(
    epoch: Int, step: Int, loss: Double, validationLoss: Double?, trainAccuracy: Double?,
    validationAccuracy: Double?, seconds: Double
  ) {
    self.epoch = epoch
    self.step = step
    self.loss = loss
    self.validationLoss = validationLoss
    self.trainAccuracy = trainAccuracy
    self.validationAccuracy = validationAccuracy
    self.seconds = seconds
  }

  private enum CodingKeys: String, CodingKey {
    case epoch, loss, validationLoss, trainAccuracy, validationAccuracy, seconds
    case step = "iteration"
  }
}
