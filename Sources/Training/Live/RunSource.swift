import Autograd
import Trace

/// Where a run's steps come from.
package enum RunSource: Sendable {
  /// Trained from the start; the closure makes the experiment on the training queue.
  case live(@Sendable () throws -> Experiment)
  /// Trained from where a recording ends.
  case resumed(any RunArchive, @Sendable () throws -> Experiment)
  /// Shown as recorded, and computed again where that is possible.
  case replay(ReplayPlan, @Sendable () throws -> ReplayedExperiment)
}

extension RunSource {
  /// The same source with at most `threads`, unless the experiment sets their number itself.
  package func taking(_ threads: ProductThreads) -> RunSource {
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
        return replayed.experiment.map {
          ReplayedExperiment(settled($0), recomputability: replayed.recomputability)
        } ?? replayed
      }
    }
  }

  /// The capabilities before the run has begun.
  var capabilities: RunCapabilities {
    guard case .replay(let plan, _) = self else { return .all }
    return RunCapabilities(missing: [
      .changeValues: Replay.isReadOnly(plan.archive), .addEpochs: Replay.isReadOnly(plan.archive),
    ])
  }
}

extension LiveRun {
  /// A run of a source that trains, with what the screen is to know first.
  convenience init(
    _ archive: (any RunArchive)?, _ experiment: Experiment, gate: Gate, publisher: Publisher,
    audience: Audience, plan: RecordingPlan, isPaused: Bool, pace: Double?, limits: HistoryLimits,
    now: @escaping () -> Double
  ) throws {
    let recorded = archive.map { RecordedPast($0, of: experiment) }
    if let recorded, let archive {
      guard recorded.first != nil else { throw ArchiveError.noKeyframe }
      try RecordedPast.checkData(of: experiment, archive)
    }
    let timeline = Timeline(experiment, recorded: recorded, limits: limits)
    let watch = Watch(timeline.names, stepsPerEpoch: experiment.trainData.stepsPerEpoch)
    self.init(
      timeline, deck: Deck(gate, publisher: publisher, watch: watch), audience: audience, plan: plan,
      isPaused: isPaused, pace: pace, now: now)
  }

  /// Publishes what is trained and the past of a resumed run, and begins the recording that the plan asks for.
  ///
  /// - Throws: an error of the archive, or of the data.
  func begin(_ plan: RecordingPlan) throws -> RunUpdate {
    var begun = RunUpdate()
    begun.description = timeline.experiment.description
    begun.warnings = [timeline.names.warning].compactMap { $0 }
    begun.capabilities =
      plan.open == nil ? .all.without(.record, because: "\(RecordingRefusal.noFiles)") : .all
    guard let archive = timeline.recorded?.archive else {
      if let recorder = plan.recorder {
        record(into: recorder, origin: try plan.origin(of: timeline.experiment))
      }
      return begun
    }
    let told = try archive.scalars(in: 1...max(1, archive.lastStep), limit: 4_096)
    let epochs = try archive.epochs()
    if let recorder = plan.recorder { record(into: recorder, origin: nil, resumed: told.last) }
    begun.warnings += [RecordedNumbers.resumed(archive)].compactMap { $0 }
    loop.resume(afterEpoch: epochs.last?.epoch ?? 0, seconds: told.last?.seconds ?? 0)
    begun.losses = told.map {
      RunUpdate.LossPoint(step: $0.step, loss: $0.loss, accuracy: $0.accuracy)
    }
    var series = RecordedSeries()
    begun.series = series.points(
      of: told, wanted: [], parameters: archive.origin.description.parameterNames)
    begun.epochs = epochs
    begun.events = try archive.events()
    return begun
  }
}
