import Autograd
import Datasets
import NN
import Trace

/// The loop that every PyTorch user writes, once: batch, zeroGrad, forward, loss, backward, step.
///
/// It can begin at any step: its samples and its random numbers depend on the
/// experiment's seed and the step alone.
final class TrainingLoop {
  let experiment: Experiment
  /// For steps whose nodes are watched, and for others; both with the same random numbers.
  private let contexts: (watched: ExecutionContext, unwatched: ExecutionContext)
  private let hooks: (any TrainingHooks)?
  private let switches: TrainingSwitches
  private let recordedBatch: ((Int) throws -> Batch)?
  private let now: () -> Double
  /// Records what happens; nil where nothing is recorded.
  private var log: RunLog?
  /// Called in the first step with a sentence for each call that is most likely a mistake; nil once it was, or where
  /// nobody listens.
  private var warn: ((String) -> Void)?
  /// The step that it is in, or was in last.
  private(set) var step = 1
  private var begun: Double?
  private var reportedEpochs = 0
  /// How many epochs it trains.
  private(set) var epochs: Int
  /// What the schedule needs for its next move if more steps follow the last one; nil once it has moved.
  private var owed: (loss: Double, meanLoss: Double, validationLoss: Double?)?
  /// Collects figures of evaluations; nil where none are shown.
  var figures: FigureLog?
  /// What the loss makes of a batch; nil until an epoch has ended.
  private var reduction: LossReduction?

  /// A loop over an experiment.
  ///
  /// - Parameters:
  ///   - experiment: what is trained.
  ///   - hooks: called for steps and phases and, if they watch, for every node.
  ///   - switches: what the loop does or leaves out.
  ///   - recordedBatch: gives the batch of a step where the data are not here; nil where they are.
  ///   - now: seconds from any fixed point.
  init(
    _ experiment: Experiment, hooks: (any TrainingHooks)? = nil,
    switches: TrainingSwitches = TrainingSwitches(), recordedBatch: ((Int) throws -> Batch)? = nil,
    now: @escaping () -> Double
  ) {
    self.experiment = experiment
    self.hooks = hooks
    self.switches = switches
    self.recordedBatch = recordedBatch
    self.now = now
    epochs = max(experiment.epochs, 1)
    let watched = ExecutionContext(
      observer: hooks, seed: experiment.seed, productThreads: experiment.productThreads)
    let unwatched = ExecutionContext(
      observer: nil, pool: watched.pool, isGradEnabled: true, randomness: watched.randomness,
      productThreads: experiment.productThreads)
    contexts = (watched, unwatched)
  }

  /// Records what happens from the next step on.
  func record(into log: RunLog) { self.log = log }

  /// The step at whose end the training ends.
  var lastStep: Int { epochs * experiment.trainData.stepsPerEpoch }

  /// Adds epochs to those that it trains.
  func extend(by more: Int) { epochs += more }

  /// Where training continues after its last step.
  ///
  /// - Throws: an error of the evaluation that the schedule needs.
  func continuation() throws -> StepStart {
    if let owed = owed.take() {
      try moveSchedule(after: step, owed.loss, meanLoss: owed.meanLoss, owed.validationLoss)
    }
    return StepStart(step: step + 1, epochLoss: 0)
  }

  /// Calls `warn` in the first step, with a sentence for each call that is most likely a mistake.
  func tellCautions(to warn: @escaping (String) -> Void) { self.warn = warn }

  /// Trains from a step on for the rest of the epochs and calls `report` after each that is new.
  ///
  /// - Throws: an operator's error, or what a hook throws to end the run.
  func run(from start: StepStart = .first, report: (EpochResult) throws -> Void) throws {
    guard !experiment.optimizer.parameters.isEmpty else {
      let unlisted = ModelNames(experiment).unlisted
      throw NNError.emptyParameterList(of: experiment.optimizer.name, unlisted: unlisted)
    }
    let length = experiment.trainData.stepsPerEpoch
    begun = begun ?? now()
    experiment.model.train()
    var epochLoss = start.epochLoss
    var next = start.step
    while next <= lastStep {
      let step = next
      next += 1
      if (step - 1).isMultiple(of: length) { epochLoss = 0 }
      let loss = try run(StepStart(step: step, epochLoss: epochLoss))
      epochLoss += loss
      var validationLoss: Double?
      if step.isMultiple(of: length), case let epoch = step / length, epoch > reportedEpochs {
        let result = try result(ofEpoch: epoch, losses: epochLoss)
        validationLoss = result.validationLoss
        try report(result)
        reportedEpochs = epoch
      }
      // The last state that is recorded is the one from which a longer run would continue.
      let meanLoss = epochLoss / Double(length)
      if step < lastStep || log != nil {
        try moveSchedule(after: step, loss, meanLoss: meanLoss, validationLoss)
      } else {
        owed = (loss, meanLoss, validationLoss)
      }
    }
  }

  /// Moves the schedule on, if it does so after this step; in a step that is run again it comes to the same rate.
  private func moveSchedule(
    after step: Int, _ loss: Double, meanLoss: Double, _ validationLoss: Double?
  ) throws {
    guard let schedule = experiment.schedule else { return }
    switch experiment.scheduleInterval {
    case .step: schedule.step(metric: loss)
    case .epoch:
      guard step.isMultiple(of: experiment.trainData.stepsPerEpoch) else { return }
      var metric = validationLoss
      if metric == nil, schedule.needsMetric, let data = experiment.validationData {
        metric = batchLoss(of: try evaluated { try evaluate(data, nil) })
      }
      schedule.step(metric: metric ?? meanLoss)
    }
  }

  /// Continues a run whose earlier epochs are already reported, `seconds` after it began.
  func resume(afterEpoch epoch: Int, seconds: Double) {
    reportedEpochs = epoch
    begun = now() - seconds
  }

  /// Epochs that end after a step are reported again when they are reached again.
  func forgetEpochs(after step: Int) {
    owed = nil
    reportedEpochs = min(reportedEpochs, step / experiment.trainData.stepsPerEpoch)
  }

  private func run(_ start: StepStart) throws -> Double {
    step = start.step
    let isWatched = try hooks?.willBegin(start) ?? false
    log?.begin(start, hash: hooks?.knownHash(at: start.step))
    contexts.watched.randomness.begin(step: start.step)
    return try (isWatched ? contexts.watched : contexts.unwatched).run {
      try train(step: start.step, isWatched ? hooks : nil)
    }
  }

  private func train(step: Int, _ hooks: (any TrainingHooks)?) throws -> Double {
    let batch =
      try recordedBatch.map { try $0(step) } ?? experiment.trainData.batch(step: step - 1)
    log?.load(batch)
    hooks?.willZeroGradients()
    if switches.zeroGrad { experiment.optimizer.zeroGrad() }
    try hooks?.didLoad(batch)
    try hooks?.willBegin(.zeroGrad)
    try hooks?.didZeroGradients()
    try hooks?.willBegin(.forward)
    let (output, loss) = try forward(batch, hooks)
    let value = try loss.item()
    try hooks?.willBegin(.backward)
    try loss.backward(file: experiment.location.fileID, line: experiment.location.lineNumber)
    log?.measureGradients(of: step)
    self.hooks?.didComputeGradients(of: step)
    try hooks?.willBegin(.update)
    experiment.clipping?.clip(experiment.optimizer.parameters.map(\.tensor))
    try experiment.optimizer.step()
    log?.finish(step, loss: value, output: output, targets: batch.targets, tape: hooks?.tape)
    if let hooks {
      try hooks.didFinishStep(loss: value)
    } else {
      self.hooks?.didPass(step, loss: value, output: output, targets: batch.targets)
    }
    return value
  }

  /// The model's output for a batch, and its loss, which is one number.
  private func forward(
    _ batch: Batch, _ hooks: (any TrainingHooks)?
  ) throws -> (output: Tensor, loss: Tensor) {
    let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
    do {
      let output = try experiment.model(batch.inputs, file: file, line: line)
      try hooks?.willBegin(.loss)
      let loss = try experiment.loss(output, batch.targets, file: file, line: line)
      guard loss.elementCount == 1 else {
        throw AutogradError.backwardNeedsScalar(
          shape: loss.shape, location: loss.node?.location ?? experiment.location)
      }
      if let warn = warn.take() {
        Caution.sentences(of: loss).forEach(warn)
        if let warning = ModelNames(experiment).warning(ofUnusedIn: loss) { warn(warning) }
      }
      return (output, loss)
    } catch {
      throw LoopError(error, of: batch, from: experiment.trainData.dataset) ?? error
    }
  }

  /// The result of an epoch whose steps' losses add up to `losses`.
  private func result(ofEpoch epoch: Int, losses: Double) throws -> EpochResult {
    let (training, validation) = try evaluated {
      do {
        return (
          try evaluate(experiment.trainData.dataset, .training),
          try experiment.validationData.map { try evaluate($0, .validation) }
        )
      } catch let error where error is AutogradError || error is LoopError {
        throw LoopError(error, inEvaluationAfter: epoch)
      }
    }
    let data = experiment.trainData
    let mean =
      reduction == .sum
      ? losses / Double(data.samplesPerEpoch) * samplesPerBatch : losses / Double(data.stepsPerEpoch)
    return EpochResult(
      epoch: epoch, step: epoch * data.stepsPerEpoch,
      loss: mean, validationLoss: validation.map(batchLoss), trainAccuracy: training.accuracy,
      validationAccuracy: validation?.accuracy, seconds: now() - (begun ?? now()))
  }

  /// What a step's loss would be at the error of an evaluation: of a loss that is a sum, that of a whole batch. So the
  /// samples of validation count as much as those of training, whatever the sizes of batches.
  private func batchLoss(of evaluation: Evaluation) -> Double {
    reduction == .sum ? evaluation.loss * samplesPerBatch : evaluation.loss
  }

  private var samplesPerBatch: Double {
    Double(min(experiment.trainData.batchSize, experiment.trainData.samplesPerEpoch))
  }

  /// Runs `body` in evaluation mode, in which dropout and batch normalisation behave differently.
  private func evaluated<Result>(_ body: () throws -> Result) throws -> Result {
    experiment.model.eval()
    defer { experiment.model.train() }
    return try contexts.unwatched.run(body)
  }

  private func evaluate(_ data: any Dataset, _ part: PredictionFigures.Part?) throws -> Evaluation {
    var tally: FigureTally?
    let log = part == nil ? nil : figures
    let evaluation = try Evaluation(of: experiment, on: data, &reduction, figures: &tally, from: log) {
      try hooks?.checkForQuit()
    }
    if let part { log?.finish(tally, part, after: step) }
    return evaluation
  }
}

/// What a training loop calls: an ``Observer`` of its nodes that also follows steps and phases.
protocol TrainingHooks: Observer {
  /// A step begins; false if nothing in it should be reported.
  func willBegin(_ start: StepStart) throws -> Bool
  /// The gradients of the step before are still there.
  func willZeroGradients()
  func didLoad(_ batch: Batch) throws
  /// They are zero, unless that is switched off.
  func didZeroGradients() throws
  func willBegin(_ phase: Phase) throws
  /// Backward is done, and the gradients have not been clipped; called in every step, also in one of which nothing else
  /// is reported.
  func didComputeGradients(of step: Int)
  /// What the step has done so far.
  var tape: Tape { get }
  /// The hash of the parameters at the start of a step, where it is known already.
  func knownHash(at step: Int) -> UInt64?
  func didFinishStep(loss: Double) throws
  /// A step is done of which nothing else was reported.
  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor)
  /// Called between nodes; throws if the run is to end.
  func checkForQuit() throws
}
