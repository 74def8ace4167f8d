import Autograd
import Datasets
import NN
import Trace

/// Meets iterations of a recorded run again, away from any screen, to prove or to compare them bit for bit.
///
/// Owner: the calling thread.
public final class Rerun {
  /// Thrown to leave the loop where the wanted iterations are done.
  private struct Done: Error {}

  public let archive: any RunArchive
  /// How far iterations can be run again here.
  public let openness: Openness

  private let experiment: Experiment
  private let past: RecordedPast
  private let state: ModelState
  private let switches = TrainingSwitches()
  private let names: ModelNames

  /// A recorded run, made again as far as that can be done here.
  public init(_ archive: any RunArchive, _ replayed: ReplayedExperiment) {
    var experiment = replayed.experiment
    // A run that was gone on with is longer than the one that its settings tell of.
    let length = max(1, experiment.trainData.iterationsPerEpoch)
    experiment.epochs = max(experiment.epochs, archive.lastIteration / length + 1)
    self.archive = archive
    self.experiment = experiment
    past = RecordedPast(archive, of: experiment)
    openness =
      past.first == nil && replayed.openness.reason == nil
      ? .nothing(reason: ArchiveError.noKeyframe.description) : replayed.openness
    state = ModelState(model: experiment.model, optimizer: experiment.optimizer, switches: switches)
    names = ModelNames(experiment.model)
  }

  /// What does not fit the experiment, as sentences.
  public func takeProblems() -> [String] { past.takeProblems() }

  /// Whether iterations can be run from the start of one to the end of another.
  public func canRun(_ iterations: ClosedRange<Int>) -> Bool {
    switch openness {
    case .all:
      past.place(atOrBefore: iterations.lowerBound) != nil && iterations.upperBound <= archive.lastIteration
    case .keyframes: iterations.count == 1 && past.has(iterations.lowerBound)
    case .nothing: false
    }
  }

  /// The hash of the state at the start of every iteration of a range, and after the last one.
  ///
  /// - Parameters:
  ///   - iterations: what is run.
  ///   - visit: called with each iteration and its hash, the one after the last included; false ends the run.
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  public func states(in iterations: ClosedRange<Int>, visit: (Int, UInt64) -> Bool) throws {
    try run(iterations, digesting: nil) { iteration, _ in
      guard iteration >= iterations.lowerBound else { return }
      guard visit(iteration, state.hash) else { throw Done() }
    }
  }

  /// Everything that an iteration did, node by node.
  ///
  /// - Throws: an operator's error, or ``ArchiveError`` if there is no keyframe to begin from.
  public func digest(of iteration: Int) throws -> IterationDigest? {
    var digest: IterationDigest?
    try run(iteration...iteration, digesting: iteration) { digest = $1 ?? digest }
    return digest
  }

  /// Runs to the end of a range from the keyframe before it; `visit` is called at the start of every iteration and
  /// once more at the end.
  private func run(
    _ iterations: ClosedRange<Int>, digesting: Int?, _ visit: (Int, IterationDigest?) throws -> Void
  ) throws {
    guard let place = past.place(atOrBefore: iterations.lowerBound),
      let keyframe = past.keyframe(atOrBefore: place, after: 0)
    else { throw ArchiveError.noKeyframe }
    try state.restore(keyframe)
    var log = ChangeLog()
    for entry in try past.changes() { log.add(entry.change, at: entry.position) }
    log.rewind(to: keyframe.iteration)
    try withoutActuallyEscaping(visit) { visit in
      let hooks = RerunHooks(
        digesting: digesting, log: log, changes: ChangeMaker(experiment, switches: switches),
        switches: switches
      ) { [experiment, names] tape in IterationDigest(tape, names, experiment.optimizer) }
      hooks.batch = { [weak self] in try self?.recordedBatch(of: $0) }
      hooks.begin = { iteration, digest in
        try visit(iteration, digest)
        if iteration > iterations.upperBound { throw Done() }
      }
      defer { hooks.begin = nil }
      let loop = TrainingLoop(experiment, hooks: hooks, now: { 0 })
      loop.resume(afterEpoch: .max, seconds: 0)
      do { try loop.run(from: keyframe.start) { _ in } } catch is Done {}
    }
  }

  /// The batch of an iteration where the data are not here.
  private func recordedBatch(of iteration: Int) throws -> Batch? {
    guard case .keyframes = openness else { return nil }
    guard let batch = try past.snapshot(of: iteration)?.batch else {
      throw ArchiveError.array(
        name: "keyframe \(iteration)", expected: "the iteration's batch", got: "none")
    }
    return try batch.batch()
  }
}
