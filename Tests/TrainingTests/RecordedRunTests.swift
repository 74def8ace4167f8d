import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// Recordings that are run again without a screen.
struct RecordedRunTests {
  @Test func aRunWithoutAStepHasNoMoment() throws {
    var experiment = try smallExperiment()
    experiment.epochs = 0
    let inspection = Inspection(experiment)
    let error = InspectionError.stepOutside(1, first: 1, last: 0)
    #expect(throws: error) { _ = try inspection.moment(Inspection.Target(step: 1, phase: .update)) }
    #expect(
      error.description
        == "--step expects a step of the run, but got 1, and the run has no steps yet.")
  }

  private func recorded(keyframeEvery interval: Int = 4) throws -> MemoryRecording {
    let recording = MemoryRecording(keyframeEvery: interval)
    let probe = RunProbe(
      .live(forgetfulExperiment), isPaused: false,
      recording: RecordingPlan(recorder: recording, machine: "a machine, kernels Haswell"))
    _ = try #require(probe.moment { $0.status == .finished })
    return recording
  }

  private func run(
    _ recording: MemoryRecording, recomputability: Recomputability = .all,
    _ make: @escaping @Sendable () throws -> Experiment = forgetfulExperiment
  ) throws -> RecordedRun {
    RecordedRun(
      recording, ReplayedExperiment(try make(), recomputability: recomputability),
      machine: "a machine, kernels Prescott")
  }

  /// Another experiment than the recorded one: its batches are others.
  @Sendable private static func otherExperiment() throws -> Experiment {
    var experiment = try forgetfulExperiment()
    experiment.trainData = try DataLoader(
      experiment.trainData.dataset, batchSize: 8, shuffle: true, seed: 4)
    return experiment
  }

  @Test func parametersAfterAStepAreThoseAtTheStartOfTheNext() throws {
    let recording = try recorded(keyframeEvery: 2)
    let sparse = try recorded(keyframeEvery: 16)
    for step in [0, 8, 16, 30] {
      let keyframe = try #require(recording.keyframe(atOrBefore: step + 1))
      #expect(keyframe.step == step + 1)
      let found = try run(sparse).parameters(after: step)
      #expect(found.arrays == keyframe.parameters + keyframe.buffers)
      #expect(found.limitation == nil)
    }
  }

  @Test func theStateAfterAStepHasItsGradientsToo() throws {
    let sparse = try recorded(keyframeEvery: 16)
    for step in [1, 16, 30] {
      let run = try run(sparse)
      let state = try #require(try run.state(after: step))
      let names = state.parameters.map(\.name)
      let expected = try run.parameters(after: step).arrays.filter { names.contains($0.name) }
      #expect(state.parameters == expected)
      #expect(!state.gradients.isEmpty)
      #expect(state.gradients.allSatisfy { $0.array.doubles().contains { $0 != 0 } })
    }
    #expect(try run(sparse).state(after: 0) == nil)
  }

  @Test(arguments: [1, 41]) func aKeyframeWhoseHashIsOfOtherValuesIsLeftOut(_ changed: Int) throws {
    let recording = try recorded()
    let expected = try run(recording).parameters(after: 43).arrays
    recording.changeHash(ofKeyframe: changed)
    #expect(try run(recording).parameters(after: 43).arrays == expected)
  }

  @Test func aStepThatTheRecordingHasNotIsRefused() throws {
    let run = try run(recorded())
    #expect(throws: InspectionError.stepOutside(46, first: 0, last: 45)) {
      try run.parameters(after: 46)
    }
    #expect(throws: InspectionError.stepOutside(0, first: 1, last: 45)) {
      try Inspection(run).moment(.init(step: 0, phase: .loss))
    }
  }

  @Test func withoutTheDataOnlyStepsWithKeyframesHaveTensors() throws {
    let recording = try recorded(keyframeEvery: 16)
    let run = try run(recording, recomputability: .keyframes(reason: "The data are not here."))
    let closed = InspectionError.notRecomputable(
      20, reason: "The data are not here.", keyframes: [1, 17, 33])
    #expect(throws: closed) { try run.parameters(after: 20) }
    #expect(throws: closed) { try Inspection(run).moment(.init(step: 20, phase: .forward)) }
    #expect(
      closed.description
        == "Step 20 cannot be computed again here: The data are not here. The nearest with a keyframe: 17 and 33."
    )
    #expect(try run.parameters(after: 16).arrays.isEmpty == false)
    #expect(try Inspection(run).moment(.init(step: 17, phase: .loss)).loss != nil)
  }

  @Test func aWalkShowsTheEndsOfItsStepsInAnyOrder() throws {
    let recording = try recorded(keyframeEvery: 16)
    var seen: [Position] = []
    var losses: [Float?] = []
    try run(recording).moments(atEndsOf: [3, 4, 40, 2], focus: Focus(), file: "run.tapedeck") { _, update in
      guard let moment = update.moment else { return }
      seen.append(moment.position)
      losses.append(moment.loss)
    }
    #expect(seen.map(\.step) == [3, 4, 40, 2])
    #expect(seen.allSatisfy { $0.phase == .update })
    #expect(losses == [3, 4, 40, 2].map { recording.scalars(in: $0...$0, limit: 1).first?.loss })
  }

  @Test func aStepIsShownNodeByNode() throws {
    let recording = try recorded(keyframeEvery: 16)
    var seen: [Position] = []
    try run(recording).moments(through: 20, focus: Focus(), file: "run.tapedeck") { update in
      seen += [update.moment?.position].compactMap { $0 }
      return true
    }
    #expect(seen.first == .start(of: 20))
    #expect(seen.allSatisfy { $0.step == 20 })
    #expect(seen == seen.sorted() && Set(seen).count == seen.count)
    #expect(Set(seen.map(\.phase)).isSuperset(of: [.batch, .forward, .loss, .backward, .update]))
    var count = 0
    try run(recording).moments(through: 20, focus: Focus(), file: "run.tapedeck") { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
    #expect(throws: InspectionError.stepOutside(46, first: 1, last: 45)) {
      try run(recording).moments(through: 46, focus: Focus(), file: "run.tapedeck") { _ in true }
    }
  }

  @Test func aCheckReproducesEveryHash() throws {
    let recording = try recorded()
    let check = try run(recording).check()
    #expect((check.first, check.last, check.steps) == (1, 45, 45))
    // Keyframes stand at 1, 5, 9 and so on: every eighth step, and one between each.
    #expect(check.hashes == 12)
    #expect(check.difference == nil && check.remarks.isEmpty)
    #expect(check.machineThere == "a machine, kernels Haswell")
    #expect(check.machineHere == "a machine, kernels Prescott")
  }

  @Test(arguments: [nil, 2]) func aRunOfAnotherArithmeticIsShownAsRecordedAndNotCompared(_ version: Int?)
    throws
  {
    let recording = try recorded()
    recording.changeArithmetic(version)
    let run = try run(recording)
    let check = try run.check()
    #expect(check.isOfOtherArithmetic && check.steps == 0 && check.hashes == 0 && check.difference == nil)
    let sentence =
      version == nil
      ? "this run is from before the arithmetic had versions; here it is version 1: the recorded numbers are shown"
      : "this run was computed by version 2 of the arithmetic, not by version 1: the recorded numbers are shown"
    #expect(check.remarks == [sentence])
    #expect(try ReplayProof.find(run, hashes: [], all: true) == .none(reason: sentence))
    let moment = try Inspection(run).moment(.init(step: 20, phase: .loss))
    #expect(moment.loss == recording.scalars(in: 20...20, limit: 1).first?.loss)
    #expect(moment.limitation != nil)
  }

  @Test func aCheckNamesTheFirstStepThatDiffers() throws {
    let check = try run(recorded(keyframeEvery: 16), Self.otherExperiment).check()
    #expect(check.difference != nil)
    #expect(check.remarks.count == 1)
    #expect(
      check.remarks.first?.hasSuffix(
        "was not reproduced bit for bit: kernels Haswell there, kernels Prescott here; the recorded numbers are shown"
      )
        == true)
  }
}
