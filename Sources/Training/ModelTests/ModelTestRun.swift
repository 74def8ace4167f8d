import Autograd
import Datasets
import NN
import Trace

/// Runs a test of the model at a moment, and then puts everything back, to the bit.
///
/// A network that a user has written cannot be copied, so it is the model itself that is tested: parameters, buffers,
/// gradients, the optimizer's memory and its settings are kept before, as for a look into the past. The loop of the run,
/// its random numbers and its tape are not used.
///
/// Owner: the training queue.
struct ModelTestRun {
  let timeline: Timeline
  let position: Position
  /// The batch of the moment.
  let batch: Batch
  /// The random numbers of the test, those of the step.
  let context: ExecutionContext
  /// Called before each step with how many are done, of how many; throws to end the test.
  let reached: (_ done: Int, _ total: Int) throws -> Void

  /// A test at a moment, on its batch.
  init(
    _ timeline: Timeline, at position: Position, _ batch: Batch,
    reached: @escaping (_ done: Int, _ total: Int) throws -> Void
  ) {
    (self.timeline, self.position, self.batch, self.reached) = (timeline, position, batch, reached)
    context = ExecutionContext(
      seed: timeline.experiment.seed, productThreads: timeline.experiment.productThreads)
  }

  var experiment: Experiment { timeline.experiment }

  /// Runs a test.
  ///
  /// - Throws: what an operator throws, or `reached`; everything is put back then too.
  func run(_ test: ModelTest) throws -> ModelTestResult {
    let result = try timeline.lookBack(from: position) { () -> Result<ModelTestResult, any Error> in
      context.randomness.begin(step: position.step)
      return Result { try context.run { try self.result(of: test) } }
    }
    return try result.get()
  }

  private func result(of test: ModelTest) throws -> ModelTestResult {
    switch test {
    case .overfit(let steps): .overfit(try overfit(steps: steps))
    case .learningRates(let steps): .learningRates(try sweep(steps: steps))
    case .gradients: .gradients(try checkGraph())
    }
  }

  /// The parameters, the buffers and the optimizer as they are now.
  func state() -> Keyframe {
    timeline.state.capture(StepStart(step: position.step, epochLoss: 0), hash: 0)
  }

  /// The model's output for a batch, and its loss, which is one number.
  func forward(_ batch: Batch) throws -> (output: Tensor, loss: Tensor) {
    let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
    do {
      let output = try experiment.model(batch.inputs, file: file, line: line)
      return (output, try experiment.loss(output, batch.targets, file: file, line: line))
    } catch {
      throw LoopError(error, of: batch, from: experiment.trainData.dataset) ?? error
    }
  }

  /// The second half of a step: backward from a loss, and the update.
  func update(from loss: Tensor, with optimizer: any Optimizer) throws {
    experiment.model.zeroGrad()
    optimizer.zeroGrad()
    try loss.backward(file: experiment.location.fileID, line: experiment.location.lineNumber)
    experiment.clipping?.clip(optimizer.parameters.map(\.tensor))
    try optimizer.step()
  }
}
