import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

struct ReplayTests {
  /// A run to its end, recorded.
  private func recorded(
    _ make: @escaping @Sendable () throws -> Experiment = forgetfulExperiment, keyframeEvery interval: Int = 4
  ) throws -> (recording: MemoryRecording, live: RunProbe) {
    let recording = MemoryRecording(keyframeEvery: interval)
    let probe = RunProbe(.live(make), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.moment { $0.status == .finished })
    return (recording, probe)
  }

  private func replay(
    _ recording: MemoryRecording, start: Int? = nil, recomputability: Recomputability = .all,
    _ make: @escaping @Sendable () throws -> Experiment = forgetfulExperiment
  ) throws -> RunProbe {
    let plan = ReplayPlan(recording, file: "run.tapedeck", start: start, speed: nil)
    let probe = RunProbe(.replay(plan) { ReplayedExperiment(try make(), recomputability: recomputability) })
    _ = try #require(probe.stop())
    return probe
  }

  private func timeless(_ moment: Moment) -> Moment {
    var moment = moment
    moment.head = moment.position
    return moment
  }

  @Test func aRecordingHasEveryStepsNumbers() throws {
    let (recording, live) = try recorded()
    #expect(recording.lastStep == 45)
    let scalars = recording.scalars(in: 1...45, limit: 45)
    #expect(scalars.map(\.loss) == live.seen.losses.map(\.loss))
    #expect(scalars.allSatisfy { $0.gradientNorms.count == 6 && $0.gradientNorms.allSatisfy { $0 > 0 } })
    // The last is the state after the last step.
    #expect(recording.keyframeSteps == Array(stride(from: 1, through: 45, by: 4)) + [46])
    #expect(recording.epochs().map(\.epoch) == Array(1...9))
    #expect(recording.isFinished)
    #expect(!recording.thumbnails(atOrBefore: 1).isEmpty)
  }

  @Test func aReplayReproducesTheLiveRunsMomentsToTheBit() throws {
    let (recording, live) = try recorded()
    let replay = try replay(recording)
    var generator = Generator(seed: 5)
    for _ in 0..<24 {
      let step = 1 + generator.below(45)
      let phase = Phase.allCases[generator.below(5)]
      let seek = Command.seek(Position(step: step, phase: phase, node: 0))
      let again = try #require(replay.stop(after: seek))
      let original = try #require(live.stop(after: seek))
      #expect(timeless(again) == timeless(original))
    }
    #expect(replay.seen.warnings.isEmpty)
    #expect(replay.seen.description?.source == .replay(file: "run.tapedeck"))
    #expect(replay.seen.losses.count == 45)
  }

  @Test func aReplayThatPlaysShowsTheEndsOfTheStepsThatItComputes() throws {
    let (recording, _) = try recorded()
    let replay = try replay(recording)
    _ = try #require(replay.stop(after: .seek(step: 5)))
    var shown: [Moment] = []
    replay.runner.send(.run)
    replay.runner.requestMoment()
    let end = replay.moment { update in
      if let moment = update.moment {
        shown.append(moment)
        replay.runner.requestMoment()
      }
      return update.status == .finished
    }
    #expect(end?.position.step == 45)
    let steps = shown.map(\.position.step)
    #expect(steps == steps.sorted())
    for moment in shown where moment.position != .start(of: 5) {
      let step = moment.position.step
      #expect(moment.position.phase == .update)
      #expect(moment.loss == recording.scalars(in: step...step, limit: 1).first?.loss)
    }
    #expect(replay.seen.warnings.isEmpty)
  }

  @Test func aReplayMakesTheChangesAgainThatWereMadeByHand() throws {
    let recording = MemoryRecording()
    let live = RunProbe(.live(smallExperiment), recording: RecordingPlan(recorder: recording))
    _ = try #require(live.stop())
    _ = try #require(live.stop(after: .nextStep))
    let change = Change.hyperparameter(name: "lr", value: 0.5)
    _ = try #require(live.stop(after: .change(change, future: .dropped)))
    _ = try #require(live.stop(after: .run))
    let original = try #require(live.stop(after: .seek(step: 6)))
    let replay = try replay(recording, smallExperiment)
    let again = try #require(replay.stop(after: .seek(step: 6)))
    #expect(timeless(again) == timeless(original))
    #expect(again.optimizer == "SGD lr 0.5 momentum 0.9")
    #expect(replay.seen.warnings.isEmpty)
    #expect(replay.seen.events.map(\.kind).contains(.change))
  }

  @Test func aForkInTheLiveRunIsAForkInTheRecording() throws {
    let recording = MemoryRecording()
    let live = RunProbe(.live(smallExperiment), recording: RecordingPlan(recorder: recording))
    _ = try #require(live.stop())
    for _ in 1..<6 { _ = try #require(live.stop(after: .nextStep)) }
    _ = try #require(live.stop(after: .seek(step: 3)))
    let change = Change.hyperparameter(name: "lr", value: 0)
    _ = try #require(live.stop(after: .change(change, future: .dropped)))
    _ = try #require(live.stop(after: .run))
    let replay = try replay(recording, smallExperiment)
    for step in [2, 4, 6] {
      let original = try #require(live.stop(after: .seek(step: step)))
      let again = try #require(replay.stop(after: .seek(step: step)))
      #expect(timeless(again) == timeless(original))
    }
    #expect(replay.seen.warnings.isEmpty)
  }

  @Test func withoutTheDataKeyframesAreOpenAndOtherStepsShowWhatWasRecorded() throws {
    let (recording, live) = try recorded()
    let reason = "The data are not here."
    let replay = try replay(recording, recomputability: .keyframes(reason: reason)) {
      var experiment = try forgetfulExperiment()
      let data = RecordedData(recording.origin.description, featureCount: 64)
      experiment.trainData = try DataLoader(data, batchSize: 8)
      return experiment
    }
    let open = try #require(replay.stop(after: .seek(Position(step: 5, phase: .loss, node: 0))))
    let original = try #require(live.stop(after: .seek(Position(step: 5, phase: .loss, node: 0))))
    #expect(open.focus == original.focus)
    #expect(open.loss == original.loss)
    #expect(open.limitation == nil)
    let closed = try #require(replay.stop(after: .seek(step: 7)))
    #expect(closed.limitation == reason)
    #expect(closed.position.step == 7)
    #expect(closed.loss == live.seen.losses[6].loss)
    #expect(!closed.thumbnails.isEmpty)
    #expect(closed.focus == nil)
  }

  @Test func numbersOfOtherArithmeticAreSaidAndTheRecordedOnesShown() throws {
    let (recording, _) = try recorded()
    let replay = try replay(recording) {
      // A different start simulates other kernels: the first keyframe corrects it, the steps after it do not.
      var experiment = try forgetfulExperiment()
      experiment.optimizer = Adam(experiment.model.namedParameters(), learningRate: 0.01, epsilon: 1e-3)
      return experiment
    }
    _ = try #require(replay.stop(after: .seek(Position(step: 12, phase: .update, node: 0))))
    // Settings come from the keyframe, so even this run is reproduced.
    #expect(replay.seen.warnings.isEmpty)
    let other = try self.replay(recording) {
      var experiment = try forgetfulExperiment()
      experiment.seed = 99
      return experiment
    }
    let moment = try #require(other.stop(after: .seek(Position(step: 12, phase: .loss, node: 0))))
    #expect(other.seen.warnings.first?.contains("was not reproduced bit for bit") == true)
    #expect(moment.loss == recording.scalars(in: 12...12, limit: 1).first?.loss)
    #expect(moment.limitation != nil)
  }

  @Test(arguments: [smallExperiment, forgetfulExperiment])
  func aResumedRunIsTheOneThatWasNeverInterrupted(
    _ make: @escaping @Sendable () throws -> Experiment
  ) throws {
    let (whole, live) = try recorded(make)
    let last = whole.lastStep
    for cut in [2, last / 2, last - 1] {
      let part = whole.cut(before: cut)
      let probe = RunProbe(.resumed(part, make), isPaused: false, recording: RecordingPlan(recorder: part))
      _ = try #require(probe.moment { $0.status == .finished })
      #expect(part.scalars(in: 1...last, limit: last) == whole.scalars(in: 1...last, limit: last))
      #expect(probe.seen.moment?.parameters == live.seen.moment?.parameters)
      #expect(probe.seen.warnings.isEmpty)
      #expect(probe.seen.epochs.map(\.trainAccuracy) == live.seen.epochs.map(\.trainAccuracy))
    }
  }

  @Test func aResumedRunOfAnotherArithmeticSaysThatItMixesTwo() throws {
    let (whole, _) = try recorded(smallExperiment)
    let part = whole.cut(before: 3)
    part.changeArithmetic(nil)
    let probe = RunProbe(
      .resumed(part, smallExperiment), isPaused: false, recording: RecordingPlan(recorder: part))
    _ = try #require(probe.moment { $0.status == .finished })
    #expect(
      probe.seen.warnings.first?.hasPrefix("steps 1 to 2 were computed by another version of the arithmetic")
        == true)
  }

  @Test func aRecordingCannotBeChanged() throws {
    let (recording, _) = try recorded(smallExperiment)
    let replay = try replay(recording, smallExperiment)
    let change = Change.hyperparameter(name: "lr", value: 1)
    _ = try #require(replay.stop(after: .change(change, future: .dropped)))
    #expect(replay.seen.warnings.first?.hasPrefix("A recording cannot be changed") == true)
  }

  @Test func aWatchFollowsARecordingThatGrows() throws {
    let recording = MemoryRecording()
    let live = RunProbe(.live(smallExperiment), recording: RecordingPlan(recorder: recording))
    _ = try #require(live.stop())
    _ = try #require(live.stop(after: .nextStep))
    _ = try #require(live.stop(after: .nextStep))
    let plan = ReplayPlan(recording, file: "run.tapedeck", isWatching: true)
    let watch = RunProbe(
      .replay(plan) { ReplayedExperiment(try smallExperiment(), recomputability: .all) }, isPaused: false)
    #expect(watch.told { $0.losses.count == 2 })
    _ = try #require(live.stop(after: .run))
    #expect(watch.told { $0.losses.count == 6 })
    #expect(watch.seen.losses.map(\.loss) == live.seen.losses.map(\.loss))
    #expect(watch.seen.description?.source == .watch(file: "run.tapedeck"))
  }

  @Test func aWatchPausesWhereItsRunEndsAndWarnsIfThatIsTooEarly() throws {
    let (whole, _) = try recorded(smallExperiment)
    for recording in [whole.cut(before: 5), whole] {
      if recording.lastStep < 6 { recording.abandon() }
      let plan = ReplayPlan(recording, file: "run.tapedeck", isWatching: true)
      let watch = RunProbe(
        .replay(plan) { ReplayedExperiment(try smallExperiment(), recomputability: .all) }, isPaused: false)
      let end = try #require(watch.moment { $0.status == (recording.isFinished ? .finished : .paused) })
      #expect(end.position.step == recording.lastStep)
      let sentence = "run.tapedeck is no longer being written; tapedeck train --resume resumes its run"
      #expect(watch.seen.warnings == (recording.isFinished ? [] : [sentence]))
    }
  }

  @Test func theUserCanRecordFromAnyMomentOn() throws {
    let recording = MemoryRecording()
    let live = RunProbe(.live(smallExperiment), recording: RecordingPlan(open: { _ in recording }))
    _ = try #require(live.stop())
    _ = try #require(live.stop(after: .nextStep))
    live.runner.send(.record(path: "later.tapedeck"))
    _ = try #require(live.stop(after: .run))
    #expect(recording.keyframeSteps.first == 3)
    let replay = try replay(recording, smallExperiment)
    let again = try #require(replay.stop(after: .seek(step: 5)))
    let original = try #require(live.stop(after: .seek(step: 5)))
    #expect(timeless(again) == timeless(original))
    #expect(try #require(replay.stop(after: .seek(step: 1))).position.step == 3)
  }
}
