import Autograd
import Trace

/// A run without a screen; only the report after each epoch follows it, and a diagnosis where one is wanted.
package struct HeadlessRun {
  private let experiment: Experiment
  private let now: () -> Double

  /// A run of an experiment; `now` gives seconds from any fixed point.
  package init(_ experiment: Experiment, now: @escaping () -> Double) {
    (self.experiment, self.now) = (experiment, now)
  }

  /// Trains on the calling thread and reports each epoch.
  ///
  /// - Parameters:
  ///   - warn: called with what the user must know, in sentences.
  ///   - find: called with what diagnosis finds, as soon as it does; nil for a run without diagnosis.
  ///   - lastStep: the step after which a diagnosis has seen enough; nil for the last of the run.
  ///   - report: called after each epoch.
  /// - Throws: the error of the operator that failed, or what `report` throws.
  package func run(
    warn: @escaping (String) -> Void = { _ in }, find: (([Finding]) -> Void)? = nil,
    until lastStep: Int? = nil, report: (EpochResult) throws -> Void
  ) throws {
    let names = ModelNames(experiment)
    if let warning = names.warning { warn(warning) }
    let diagnosed = find.map { find in
      DiagnosedSteps(Diagnostician(experiment, names, tell: find), experiment, until: lastStep)
    }
    defer { diagnosed?.recorder.setFollower(nil) }
    let loop = TrainingLoop(experiment, hooks: diagnosed?.recorder, now: now)
    loop.tellCautions(to: warn)
    do {
      try loop.run { result in
        diagnosed?.diagnostician.end(result)
        try report(result)
      }
    } catch is DiagnosedSteps.End {
      diagnosed?.diagnostician.judgeLosses()
    } catch {
      diagnosed?.fail(error, at: .start(of: loop.step))
      throw error
    }
  }
}

/// Watches the steps of a run without a screen that its diagnostician wants to look at.
private final class DiagnosedSteps: TapeFollower {
  /// The last step was made that was to be looked at.
  struct End: Error {}

  let diagnostician: Diagnostician
  let recorder: TapeRecorder
  private let lastStep: Int?
  private var position = Position.start

  init(_ diagnostician: Diagnostician, _ experiment: Experiment, until lastStep: Int?) {
    (self.diagnostician, self.lastStep) = (diagnostician, lastStep)
    recorder = TapeRecorder(ModelState(model: experiment.model, optimizer: experiment.optimizer))
    recorder.setFollower(self)
  }

  func willBegin(_ start: StepStart) throws -> Bool {
    if let lastStep, start.step > lastStep { throw End() }
    return diagnostician.begin(start.step)
  }
  func didRecord(_ position: Position) throws { self.position = position }
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail { .values }
  func didFinish(_ step: Int, loss: Double) throws { diagnostician.finish(recorder.tape, loss: loss) }

  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor) {
    diagnostician.pass(step, loss: loss, targets: targets)
  }

  func fail(_ error: any Error, at start: Position) {
    diagnostician.fail(error, recorder.tape, at: max(position, start))
  }
}
