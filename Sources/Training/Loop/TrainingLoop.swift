import Autograd
import Datasets
import NN
import Trace

/// The loop that every PyTorch user writes, once: batch, zeroGrad, forward, loss, backward, step.
///
/// It can begin at any iteration: its samples and its random numbers depend on the
/// experiment's seed and the iteration alone.
final class TrainingLoop {
  let experiment: Experiment
  private let watched: ExecutionContext
  private let unwatched: ExecutionContext
  private let hooks: (any TrainingHooks)?
  private let switches: TrainingSwitches
  private let recordedBatch: ((Int) throws -> Batch)?
  private let now: () -> Double
  /// Records what happens; nil where nothing is recorded.
  var log: RunLog?
  private var begun: Double?
  private var reportedEpochs = 0

  /// A loop over an experiment.
  ///
  /// - Parameters:
  ///   - experiment: what is trained.
  ///   - hooks: called for iterations and phases and, if they watch, for every node.
  ///   - switches: what the loop does or leaves out.
  ///   - recordedBatch: gives the batch of an iteration where the data are not here; nil where they are.
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
    watched = ExecutionContext(
      observer: hooks, seed: experiment.seed, productThreads: experiment.productThreads)
    unwatched = ExecutionContext(
      observer: nil, pool: watched.pool, isGradEnabled: true, randomness: watched.randomness,
      productThreads: experiment.productThreads)
  }

  /// Trains from an iteration on for the rest of the epochs and calls `report` after each that is new.
  ///
  /// - Throws: an operator's error, or what a hook throws to end the run.
  func run(from start: IterationStart = .first, report: (EpochResult) throws -> Void) throws {
    let (epochs, length) = (max(experiment.epochs, 1), experiment.trainData.iterationsPerEpoch)
    begun = begun ?? now()
    experiment.model.train()
    var epochLoss = start.epochLoss
    for iteration in stride(from: start.iteration, through: epochs * length, by: 1) {
      if (iteration - 1).isMultiple(of: length) { epochLoss = 0 }
      epochLoss += try step(IterationStart(iteration: iteration, epochLoss: epochLoss))
      guard iteration.isMultiple(of: length), case let epoch = iteration / length, epoch > reportedEpochs
      else { continue }
      try report(try unwatched.run { try result(ofEpoch: epoch, meanLoss: epochLoss / Double(length)) })
      reportedEpochs = epoch
    }
  }

  /// Continues a run whose earlier epochs are already reported, `seconds` after it began.
  func resume(afterEpoch epoch: Int, seconds: Double) {
    reportedEpochs = epoch
    begun = now() - seconds
  }

  /// Epochs that end after an iteration are reported again when they are reached again.
  func forgetEpochs(after iteration: Int) {
    reportedEpochs = min(reportedEpochs, iteration / experiment.trainData.iterationsPerEpoch)
  }

  private func step(_ start: IterationStart) throws -> Double {
    let isWatched = try hooks?.willBegin(start) ?? false
    log?.begin(start, hash: hooks?.knownHash(at: start.iteration))
    watched.randomness.begin(iteration: start.iteration)
    return try (isWatched ? watched : unwatched).run {
      try train(iteration: start.iteration, isWatched ? hooks : nil)
    }
  }

  private func train(iteration: Int, _ hooks: (any TrainingHooks)?) throws -> Double {
    let batch =
      try recordedBatch.map { try $0(iteration) } ?? experiment.trainData.batch(iteration: iteration - 1)
    log?.load(batch)
    if switches.zeroGrad { experiment.optimizer.zeroGrad() }
    try hooks?.didLoad(batch)
    try hooks?.willBegin(.forward)
    let output = try experiment.model(batch.inputs)
    try hooks?.willBegin(.loss)
    let loss = try experiment.loss(output, batch.targets, file: #fileID, line: #line)
    let value = try loss.item()
    try hooks?.willBegin(.backward)
    try loss.backward()
    log?.measureGradients(of: iteration)
    try hooks?.willBegin(.update)
    try experiment.optimizer.step()
    log?.finish(iteration, loss: value, output: output, targets: batch.targets, tape: hooks?.tape)
    if let hooks {
      try hooks.didFinishIteration(loss: value)
    } else {
      self.hooks?.didPass(iteration, loss: value, output: output, targets: batch.targets)
    }
    return value
  }

  private func result(ofEpoch epoch: Int, meanLoss: Double) throws -> EpochResult {
    // Dropout and batch normalisation behave differently in evaluation.
    experiment.model.eval()
    defer { experiment.model.train() }
    let training = try evaluate(experiment.trainData.dataset)
    let validation = try experiment.validationData.map(evaluate)
    return EpochResult(
      epoch: epoch, iteration: epoch * experiment.trainData.iterationsPerEpoch, loss: meanLoss,
      validationLoss: validation?.loss, trainAccuracy: training.accuracy,
      validationAccuracy: validation?.accuracy, seconds: now() - (begun ?? now()))
  }

  private func evaluate(_ data: any Dataset) throws -> Evaluation {
    try Evaluation(of: experiment.model, on: data, loss: experiment.loss) { try hooks?.checkForQuit() }
  }
}

/// What a training loop calls: an ``Observer`` of its nodes that also follows iterations and phases.
protocol TrainingHooks: Observer {
  /// An iteration begins; false if nothing in it is to be reported.
  func willBegin(_ start: IterationStart) throws -> Bool
  func didLoad(_ batch: Batch) throws
  func willBegin(_ phase: Phase) throws
  /// What the iteration has done so far.
  var tape: Tape { get }
  /// The hash of the parameters at the start of an iteration, where it is known already.
  func knownHash(at iteration: Int) -> UInt64?
  func didFinishIteration(loss: Double) throws
  /// An iteration is done of which nothing else was reported.
  func didPass(_ iteration: Int, loss: Double, output: Tensor, targets: Tensor)
  /// Called between nodes; throws if the run is to end.
  func checkForQuit() throws
}
