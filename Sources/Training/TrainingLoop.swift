import Autograd
import Datasets
import NN
import Trace

/// The loop that every PyTorch user writes, once: batch, zeroGrad, forward, loss, backward, step.
final class TrainingLoop {
  let experiment: Experiment
  private let context: ExecutionContext
  private let hooks: (any TrainingHooks)?
  private let now: () -> Double

  /// A loop that tells `hooks` of its phases and, where they watch, of every node. `now` gives seconds.
  init(_ experiment: Experiment, hooks: (any TrainingHooks)? = nil, now: @escaping () -> Double) {
    self.experiment = experiment
    self.hooks = hooks
    self.now = now
    context = ExecutionContext(observer: hooks)
  }

  /// Trains for all epochs and calls `report` after each.
  ///
  /// - Throws: an operator's error, or what a hook throws to end the run.
  func run(report: (EpochResult) throws -> Void) throws {
    try context.run {
      let start = now()
      for epoch in 1...max(experiment.epochs, 1) {
        let meanLoss = try trainEpoch(epoch)
        try report(try result(ofEpoch: epoch, meanLoss: meanLoss, start: start))
      }
    }
  }

  private func trainEpoch(_ epoch: Int) throws -> Double {
    let count = experiment.trainData.iterationsPerEpoch
    var total = 0.0
    for index in 0..<count {
      total += try trainStep(epoch: epoch, index: index, iteration: (epoch - 1) * count + index + 1)
    }
    return total / Double(max(count, 1))
  }

  private func trainStep(epoch: Int, index: Int, iteration: Int) throws -> Double {
    try hooks?.willBeginIteration(iteration)
    let batch = try experiment.trainData.batch(epoch: epoch - 1, index: index)
    experiment.optimizer.zeroGrad()
    try hooks?.didLoad(batch)
    hooks?.willBegin(.forward)
    let output = try experiment.model(batch.inputs)
    hooks?.willBegin(.loss)
    let loss = try experiment.loss(output, batch.targets, file: #fileID, line: #line)
    let value = try loss.item()
    hooks?.willBegin(.backward)
    try loss.backward()
    hooks?.willBegin(.update)
    try experiment.optimizer.step()
    try hooks?.didFinishIteration(loss: value)
    return value
  }

  private func result(ofEpoch epoch: Int, meanLoss: Double, start: Double) throws -> EpochResult {
    let training = try evaluate(experiment.trainData.dataset)
    let validation = try experiment.validationData.map(evaluate)
    return EpochResult(
      epoch: epoch, iteration: epoch * experiment.trainData.iterationsPerEpoch, loss: meanLoss,
      validationLoss: validation?.loss, trainAccuracy: training.accuracy,
      validationAccuracy: validation?.accuracy, seconds: now() - start)
  }

  private func evaluate(_ data: any Dataset) throws -> Evaluation {
    try Evaluation(of: experiment.model, on: data, loss: experiment.loss) { try hooks?.checkForQuit() }
  }
}

/// Who follows a training loop: an ``Observer`` of its nodes that is told of iterations and phases too.
protocol TrainingHooks: Observer {
  func willBeginIteration(_ iteration: Int) throws
  func didLoad(_ batch: Batch) throws
  func willBegin(_ phase: Phase)
  func didFinishIteration(loss: Double) throws
  /// Throws if the run is to end, between nodes.
  func checkForQuit() throws
}
