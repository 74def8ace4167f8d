import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// Runs that train longer than was planned.
struct MoreEpochsTests {
  @Sendable private static func make(epochs: Int, scheduled: Bool) throws -> Experiment {
    var experiment = try forgetfulExperiment()
    experiment.epochs = epochs
    guard scheduled else { return experiment }
    let optimizer = SGD(experiment.model.namedParameters(), learningRate: 0.1, momentum: 0.9)
    experiment.optimizer = optimizer
    experiment.schedule = ReduceLROnPlateau(optimizer, patience: 0, threshold: 0.5)
    experiment.scheduleInterval = .epoch
    return experiment
  }

  /// The end of a run that was planned as long as it became.
  private func whole(scheduled: Bool) throws -> (losses: [RunUpdate.LossPoint], last: Moment) {
    let probe = RunProbe(isPaused: false) { try Self.make(epochs: 5, scheduled: scheduled) }
    let last = try #require(probe.moment { $0.status == .finished })
    return (probe.seen.losses, last)
  }

  @Test(arguments: [false, true])
  func aRunThatIsOverContinuesAsIfItHadBeenPlannedSo(scheduled: Bool) throws {
    let whole = try whole(scheduled: scheduled)
    let probe = RunProbe(isPaused: false) { try Self.make(epochs: 3, scheduled: scheduled) }
    _ = try #require(probe.moment { $0.status == .finished })
    // A look at the past in between changes nothing.
    _ = try #require(probe.stop(after: .seek(step: 4)))
    _ = try #require(probe.stop(after: .seekHead))
    probe.runner.send(.extend(epochs: 2))
    let last = try #require(probe.moment { $0.status == .finished && ($0.moment?.position.step ?? 0) == 25 })
    #expect(probe.seen.losses == whole.losses)
    #expect(last.parameters == whole.last.parameters)
    #expect(last.optimizer == whole.last.optimizer)
    #expect(probe.seen.description?.epochs == 5)
    #expect(probe.seen.epochs.map(\.epoch) == Array(1...5))
  }

  @Test func whatWasAddedCanBeWalkedThroughBackwards() throws {
    let probe = RunProbe(isPaused: false) { try Self.make(epochs: 1, scheduled: true) }
    _ = try #require(probe.moment { $0.status == .finished })
    probe.runner.send(.extend(epochs: 1))
    let end = try #require(probe.moment { $0.status == .finished && $0.moment?.position.step == 10 })
    let before = try #require(probe.stop(after: .seek(Position(step: 8, phase: .update, node: 1))))
    #expect(before.position == Position(step: 8, phase: .update, node: 1))
    #expect(try #require(probe.stop(after: .seekHead)).parameters == end.parameters)
    #expect(probe.seen.warnings == [])
  }

  @Test func moreEpochsOfARunningRunMoveItsEnd() throws {
    let probe = RunProbe { try Self.make(epochs: 1, scheduled: false) }
    _ = try #require(probe.stop())
    probe.runner.send(.extend(epochs: 1))
    probe.runner.send(.run)
    let end = try #require(probe.moment { $0.status == .finished })
    #expect(end.position.step == 10)
  }

  @Test func aRecordingGoesOn() throws {
    let recording = MemoryRecording()
    let probe = RunProbe(
      .live { try Self.make(epochs: 1, scheduled: false) }, isPaused: false,
      recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.moment { $0.status == .finished })
    #expect(recording.lastStep == 5)
    probe.runner.send(.extend(epochs: 1))
    _ = try #require(probe.moment { $0.status == .finished && $0.moment?.position.step == 10 })
    #expect(recording.lastStep == 10 && recording.isFinished)
  }
}
