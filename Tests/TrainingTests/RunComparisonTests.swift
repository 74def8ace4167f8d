import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// Two recorded runs part where they were made to part, and nowhere else.
struct RunComparisonTests {
  private typealias Make = @Sendable () throws -> Experiment

  private func recorded(_ make: @escaping Make, keyframeEvery interval: Int = 4) throws -> MemoryRecording {
    let recording = MemoryRecording(keyframeEvery: interval)
    let probe = RunProbe(.live(make), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.moment { $0.status == .finished })
    return recording
  }

  private func side(
    _ recording: MemoryRecording, _ make: Make, recomputability: Recomputability = .all
  ) throws -> RunComparison.Side {
    let run = RecordedRun(recording, ReplayedExperiment(try make(), recomputability: recomputability))
    let hashes = (1...recording.lastStep).compactMap { step in
      recording.hash(at: step).map { (step: step, hash: $0) }
    }
    return RunComparison.Side(run, hashes: hashes)
  }

  private func divergence(
    _ left: @escaping Make, _ right: @escaping Make, recomputability: Recomputability = .all
  ) throws -> Divergence {
    try RunComparison(
      side(recorded(left), left, recomputability: recomputability),
      side(recorded(right), right, recomputability: recomputability)
    ).divergence()
  }

  /// A live run in which something is changed by hand after a step.
  private func changed(_ change: Change, after step: Int) throws -> MemoryRecording {
    let recording = MemoryRecording(keyframeEvery: 100)
    let live = RunProbe(.live(forgetfulExperiment), recording: RecordingPlan(recorder: recording))
    _ = try #require(live.stop())
    _ = try #require(live.stop(after: .seek(step: 1)))
    for _ in 1..<step { _ = try #require(live.stop(after: .nextStep)) }
    _ = try #require(live.stop(after: .runTo(node: "fc2.linear")))
    _ = try #require(live.stop(after: .change(change, future: .dropped)))
    _ = try #require(live.stop(after: .run))
    return recording
  }

  /// A live run in which something is changed by hand after the last node of a step.
  private func changed(_ change: Change, atEndOf step: Int) throws -> MemoryRecording {
    let recording = MemoryRecording(keyframeEvery: 100)
    let live = RunProbe(.live(forgetfulExperiment), recording: RecordingPlan(recorder: recording))
    var moment = try #require(live.stop())
    while moment.position.phase != .update || moment.position.node < 5 {
      moment = try #require(live.stop(after: .nextNode))
    }
    for _ in 1..<step { _ = try #require(live.stop(after: .nextStep)) }
    _ = try #require(live.stop(after: .change(change, future: .dropped)))
    _ = try #require(live.stop(after: .run))
    return recording
  }

  @Test func aChangeAtTheEndOfAStepDivergesInTheUpdateOfTheNext() throws {
    let change = Change.hyperparameter(name: "lr", value: 0.001)
    let found = try RunComparison(
      side(recorded(forgetfulExperiment), forgetfulExperiment),
      side(changed(change, atEndOf: 6), forgetfulExperiment)
    ).divergence()
    guard case .node(7, .update, let difference) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(difference.node == "fc1.weight")
    #expect(
      difference.notes == [
        "lr 0.01 and 0.001", "the second run was changed by hand in step 6, update: lr 0.01 → 0.001",
      ])
  }

  @Test func aCellSetAtTheEndOfAStepDiffersAtTheStartOfTheNext() throws {
    let change = Change.cell(parameter: "fc1.bias", index: [0], value: 3)
    let found = try RunComparison(
      side(changed(change, atEndOf: 6), forgetfulExperiment),
      side(recorded(forgetfulExperiment), forgetfulExperiment)
    ).divergence()
    guard case .beginning(7, let difference) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(difference.node == "fc1.bias")
    #expect(
      difference.notes.last?.hasPrefix("the first run was changed by hand in step 6, update: ") == true)
  }

  @Test func runsOfOneExperimentDivergeNowhere() throws {
    #expect(try divergence(forgetfulExperiment, forgetfulExperiment) == .nowhere(through: 45))
  }

  @Test func anotherSeedBeginsWithOtherParameters() throws {
    let other: Make = {
      var generator = Generator(seed: 8, purpose: .initialization)
      var experiment = try smallExperiment()
      experiment.model = MultilayerPerceptron(sizes: [64, 5, 10], generator: &generator)
      experiment.optimizer = SGD(experiment.model.namedParameters(), learningRate: 0.1, momentum: 0.9)
      return experiment
    }
    guard case .beginning(let step, let difference) = try divergence(smallExperiment, other) else {
      Issue.record("they do not begin otherwise")
      return
    }
    #expect(step == 1 && difference.node == "fc1.weight" && difference.norms.left != difference.norms.right)
  }

  @Test func anotherOrderOfTheDataDivergesAtTheBatch() throws {
    let other: Make = {
      var experiment = try smallExperiment()
      experiment.trainData = try DataLoader(
        experiment.trainData.dataset, batchSize: 8, shuffle: true, seed: 8)
      return experiment
    }
    guard case .node(1, .batch, let difference) = try divergence(smallExperiment, other) else {
      Issue.record("they do not part at the first batch")
      return
    }
    #expect(difference.node == "x" && difference.notes.first?.hasPrefix("samples ") == true)
  }

  @Test func anotherLearningRateDivergesInTheFirstUpdate() throws {
    let other: Make = {
      let experiment = try smallExperiment()
      experiment.optimizer.learningRate = 0.05
      return experiment
    }
    guard case .node(1, .update, let difference) = try divergence(smallExperiment, other) else {
      Issue.record("they do not part in the first update")
      return
    }
    #expect(difference.node == "fc1.weight" && difference.notes == ["lr 0.1 and 0.05"])
  }

  @Test func whatIsNoNumberInBothIsNoDifference() throws {
    @Sendable func make(_ rate: Double) throws -> Experiment {
      var experiment = try smallExperiment()
      let model = Undefined(experiment.model)
      experiment.model = model
      experiment.optimizer = SGD(model.namedParameters(), learningRate: rate)
      return experiment
    }
    guard case .node(1, .update, let difference) = try divergence({ try make(0.1) }, { try make(0.05) })
    else {
      Issue.record("they do not part in the first update")
      return
    }
    #expect(difference.notes == ["lr 0.1 and 0.05"])
  }

  @Test func anotherActivationDivergesInItsNode() throws {
    guard case .node(1, .forward, let difference) = try divergence(network(), network(isTanh: true)) else {
      Issue.record("they do not part in forward")
      return
    }
    #expect(
      difference.node == "act.relu" && difference.notes == ["one runs act.relu where the other runs act.tanh"]
    )
  }

  private func network(isTanh: Bool = false) -> Make {
    {
      var generator = Generator(seed: 7, purpose: .initialization)
      var experiment = try smallExperiment()
      let act: any Module = isTanh ? Tanh() : ReLU()
      experiment.model = Sequential([
        "fc1": Linear(64, 5, generator: &generator), "act": act, "fc2": Linear(5, 10, generator: &generator),
      ])
      experiment.optimizer = SGD(experiment.model.namedParameters(), learningRate: 0.1, momentum: 0.9)
      return experiment
    }
  }

  @Test func aSettingThatWasChangedByHandDivergesInTheUpdateOfItsStep() throws {
    let plain = try recorded(forgetfulExperiment)
    let other = try changed(.hyperparameter(name: "lr", value: 0.5), after: 22)
    let comparison = RunComparison(try side(plain, forgetfulExperiment), try side(other, forgetfulExperiment))
    guard case .node(22, .update, let difference) = try comparison.divergence() else {
      Issue.record("they diverge elsewhere: \(try comparison.divergence())")
      return
    }
    #expect(
      difference.notes == [
        "lr 0.01 and 0.5", "the second run was changed by hand in step 22, forward: lr 0.01 → 0.5",
      ])
  }

  @Test func aCellThatWasChangedByHandDivergesWhereItIsFirstUsed() throws {
    let plain = try recorded(forgetfulExperiment)
    let other = try changed(.cell(parameter: "fc2.weight", index: [0, 0], value: 3), after: 22)
    let comparison = RunComparison(try side(plain, forgetfulExperiment), try side(other, forgetfulExperiment))
    guard case .node(22, .backward, let difference) = try comparison.divergence() else {
      Issue.record("they diverge elsewhere: \(try comparison.divergence())")
      return
    }
    #expect(difference.node == "fc2.linear" && difference.part.hasPrefix("gradient of "))
  }

  @Test func withoutTheDataTheHashesAndNumbersSayInWhichStepsTheyDiverge() throws {
    let plain = try recorded(forgetfulExperiment, keyframeEvery: 100)
    let other = try changed(.hyperparameter(name: "lr", value: 0.5), after: 22)
    let closed = Recomputability.keyframes(reason: "The data are not here.")
    let comparison = RunComparison(
      try side(plain, forgetfulExperiment, recomputability: closed),
      try side(other, forgetfulExperiment, recomputability: closed))
    // The learning rate that a step's numbers have is the one after it.
    #expect(try comparison.divergence() == .steps(17...22, reason: "The data are not here."))
  }

  @Test func stepsWithKeyframesAreComparedWithoutTheData() throws {
    let other: Make = {
      let experiment = try smallExperiment()
      experiment.optimizer.learningRate = 0.05
      return experiment
    }
    let divergence = try divergence(
      smallExperiment, other, recomputability: .keyframes(reason: "The data are not here."))
    guard case .node(1, .update, _) = divergence else {
      Issue.record("they diverge elsewhere: \(divergence)")
      return
    }
  }

  @Test func aReplayIsProvedByItsHashesAndDisprovedByOthers() throws {
    let recording = try recorded(forgetfulExperiment)
    func proof(all: Bool, _ recomputability: Recomputability = .all, seed: UInt64 = 3) throws -> ReplayProof {
      var experiment = try forgetfulExperiment()
      experiment.seed = seed
      let run = RecordedRun(recording, ReplayedExperiment(experiment, recomputability: recomputability))
      let hashes = (1...45).compactMap { step in
        recording.hash(at: step).map { (step: step, hash: $0) }
      }
      return try ReplayProof.find(run, hashes: hashes, all: all)
    }
    #expect(try proof(all: true) == .same(steps: 1...44))
    #expect(try proof(all: false) == .same(steps: 21...24))
    #expect(try proof(all: true, seed: 99) == .other(step: 5))
    let closed = Recomputability.keyframes(reason: "The data are not here.")
    #expect(try proof(all: true, closed) == .same(steps: 1...45))
    #expect(try proof(all: false, closed, seed: 99) == .other(step: 25))
    #expect(try proof(all: true, .nothing(reason: "No model.")) == .none(reason: "No model."))
  }
}

/// A network with an extra node that is NaN and that nothing depends on.
private final class Undefined: Module {
  private let inner: any Module

  init(_ inner: any Module) { self.inner = inner }

  var children: [Child] { [("inner", inner)] }
  var description: String { "Undefined" }

  func forward(_ input: Tensor) throws -> Tensor {
    let output = try inner(input)
    _ = try (output - 1e9).log()
    return output
  }
}
