import Autograd
import Trace

/// Where a run's iterations come from.
public enum RunSource: Sendable {
  /// Trained from the start; the closure makes the experiment on the training queue.
  case live(@Sendable () throws -> Experiment)
  /// Trained from where a recording ends.
  case resumed(any RunArchive, @Sendable () throws -> Experiment)
  /// Met again as recorded.
  case replay(ReplayPlan, @Sendable () throws -> ReplayedExperiment)
}

extension RunSource {
  /// The same, with at most so many threads where the experiment says nothing of them.
  public func taking(_ threads: ProductThreads) -> RunSource {
    @Sendable func settled(_ experiment: Experiment) -> Experiment {
      var experiment = experiment
      if experiment.productThreads.maximum == nil { experiment.productThreads = threads }
      return experiment
    }
    return switch self {
    case .live(let make): .live { settled(try make()) }
    case .resumed(let archive, let make): .resumed(archive) { settled(try make()) }
    case .replay(let plan, let make):
      .replay(plan) {
        let replayed = try make()
        return ReplayedExperiment(settled(replayed.experiment), openness: replayed.openness)
      }
    }
  }

  /// A session for it, with what the screen is to know first.
  func session(
    gate: Gate, isPaused: Bool, pace: Double?, limits: HistoryLimits, plan: RecordingPlan,
    isHeadless: Bool = false,
    now: @escaping () -> Double, post: @escaping (RunUpdate) -> Void
  ) throws -> (session: Session, loop: TrainingLoop, begun: RunUpdate) {
    var begun = RunUpdate()
    begun.status = isPaused ? nil : .running
    func make(
      _ experiment: Experiment, _ recorded: RecordedPast? = nil, _ replay: Replay? = nil
    ) -> (Session, TrainingLoop) {
      let session = Session(
        experiment, gate: gate, isPaused: isPaused, pace: replay == nil ? pace : nil, limits: limits,
        plan: plan,
        isHeadless: isHeadless, recorded: recorded, replay: replay, now: now, post: post)
      return (session, TrainingLoop(experiment, hooks: session, now: now))
    }
    switch self {
    case .live(let makeExperiment):
      let experiment = try makeExperiment()
      let (session, loop) = make(experiment)
      if let recorder = plan.recorder {
        session.record(into: recorder, origin: try plan.origin(of: experiment))
      }
      begun.description = experiment.description
      return (session, loop, begun)
    case .resumed(let archive, let makeExperiment):
      let experiment = try makeExperiment()
      let recorded = RecordedPast(archive, of: experiment)
      guard recorded.first != nil else { throw ArchiveError.noKeyframe }
      try RecordedPast.checkData(of: experiment, archive)
      let (session, loop) = make(experiment, recorded)
      let told = try archive.scalars(in: 1...max(1, archive.lastIteration), limit: 4_096)
      let epochs = try archive.epochs()
      if let recorder = plan.recorder { session.record(into: recorder, origin: nil, resumed: told.last) }
      loop.resume(afterEpoch: epochs.last?.epoch ?? 0, seconds: told.last?.seconds ?? 0)
      begun.description = experiment.description
      begun.losses = told.map {
        RunUpdate.LossPoint(iteration: $0.iteration, loss: $0.loss, accuracy: $0.accuracy)
      }
      begun.epochs = epochs
      begun.events = try archive.events()
      return (session, loop, begun)
    case .replay(let shown, let makeExperiment):
      let replayed = try makeExperiment()
      let replay = Replay(
        shown, recorded: RecordedPast(shown.archive, of: replayed.experiment), openness: replayed.openness,
        machine: plan.machine)
      let (session, loop) = make(replayed.experiment, nil, replay)
      loop.resume(afterEpoch: Int.max, seconds: 0)
      begun.append(replay.news())
      begun.description = replay.description
      return (session, loop, begun)
    }
  }
}
