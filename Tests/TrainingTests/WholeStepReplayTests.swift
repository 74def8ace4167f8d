import Arrays
import Testing
import Trace
import Training

/// A replay of a script's run shows the steps that were recorded whole to the last number, and says of others what there is.
struct WholeStepReplayTests {
  private static let nodes: [ComputationGraph.Node] = [
    .init(id: 0, name: "w", operation: "w", kind: .parameter, shape: [2]),
    .init(id: 1, name: "mul", operation: "mul", kind: .operation, group: "layer", shape: [2], inputs: [0]),
    .init(id: 2, name: "mean", operation: "mean", kind: .operation, shape: [], inputs: [1], phase: .loss),
  ]

  private static let visits: [WatchedStep.Visit] = [
    .init(phase: .batch, node: -1), .init(phase: .forward, node: 1), .init(phase: .loss, node: 2),
    .init(phase: .backward, node: 2), .init(phase: .backward, node: 1), .init(phase: .update, node: 0),
  ]

  private static func whole(_ step: Int, weight: Float = 3) throws -> WholeStep {
    func tensor(_ node: String, _ view: TensorView, _ values: [Float], visit: Int) throws -> KeptTensor {
      let array = try RawArray(values, shape: values.count == 1 ? [] : [values.count])
      return KeptTensor(node: node, view: view, visit: visit, array: array)
    }
    return try WholeStep(
      watched: WatchedStep(
        step: step, nodes: nodes, visits: visits,
        states: nodes.map { _ in NodeState(progress: .backward, valueNorm: 1, gradientNorm: 2) },
        parameters: [], loss: 0.5, optimizer: "SGD lr 0.1"),
      tensors: [
        tensor("w", .value, [1, weight], visit: 0), tensor("w", .value, [2, weight + 1], visit: 5),
        tensor("mul", .value, [4, 5], visit: 1), tensor("mul", .gradient, [6, 7], visit: 4),
        tensor("mean", .value, [0.5], visit: 2),
      ])
  }

  private static func recording(
    _ whole: [WholeStep], losses: [Float] = [3, 2, 1, 0.5], secondsPerStep: Double = 0
  ) -> MemoryRecording {
    let recording = MemoryRecording()
    recording.record([
      .origin(
        RunOrigin(
          description: RunDescription(
            data: "train.py", network: "Net", optimizer: "SGD", batchSize: 0, seed: 0, epochs: 0,
            stepsPerEpoch: 0, parameterNames: ["w"]), settings: nil, program: "", machine: "", dataHash: 0,
          begun: 0))
    ])
    recording.record(
      losses.enumerated().map { place, loss in
        .scalars(
          StepScalars(
            step: place + 1, loss: loss, accuracy: nil, learningRate: 0.1, gradientNorms: [1],
            seconds: Double(place) * secondsPerStep))
      } + whole.map { .whole($0) } + [.finished])
    return recording
  }

  private static func replay(_ recording: MemoryRecording) throws -> RunProbe {
    let plan = ReplayPlan(recording, file: "run.tapedeck", speed: nil)
    let probe = RunProbe(
      .replay(plan) { ReplayedExperiment(nothingBecause: "A script cannot be run again.") })
    _ = try #require(probe.stop())
    return probe
  }

  @Test func oneGoesThroughAWholeStepNodeByNode() throws {
    let replay = try Self.replay(Self.recording([Self.whole(2)]))
    var moment = try #require(replay.stop(after: .seek(step: 2)))
    #expect(moment.position == .start(of: 2) && moment.limitation?.contains("w has no") != true)
    moment = try #require(replay.stop(after: .nextNode))
    #expect(moment.position == Position(step: 2, phase: .forward, node: 0))
    #expect(moment.focus?.node == "mul" && moment.focus?.values == [4, 5])
    #expect(moment.states[2].progress == .waiting)
    moment = try #require(replay.stop(after: .nextPhase))
    moment = try #require(replay.stop(after: .nextPhase))
    moment = try #require(replay.stop(after: .nextNode))
    #expect(moment.focus?.view == .gradient && moment.focus?.values == [6, 7])
    moment = try #require(replay.stop(after: .nextNode))
    #expect(moment.focus?.view == .update && moment.focus?.values == [1, 1])
    #expect(moment.limitation == nil)
    replay.runner.send(.focus(Focus(node: "w", view: .value)))
    moment = try #require(replay.moment { $0.moment?.focus?.view == .value })
    #expect(moment.focus?.values == [2, 4])
    moment = try #require(replay.stop(after: .previousNode))
    #expect(moment.focus?.values == [1, 3], "the weight before its update")
    replay.runner.send(.focus(Focus(node: "w", view: .gradient)))
    moment = try #require(replay.moment { $0.moment?.focus == nil && $0.moment != nil })
    #expect(moment.limitation == nil, "the pane says how to come to it")
  }

  @Test func aCellIsWorkedOutFromWhatWasRecorded() throws {
    let w = OperatorCall.Tensor(node: 0, shape: [2], dtype: "float32")
    var whole = try Self.whole(2)
    whole.watched.nodes[1].operation = "relu"
    whole.tensors[2].array = try RawArray([1, 3] as [Float], shape: [2])
    whole.watched.calls = [
      OperatorCall(
        node: 1, "relu", [.init("input", .tensor(w)), .init("inplace", .flag(false))],
        results: [.init(node: 1, shape: [2], dtype: "float32")])
    ]
    let replay = try Self.replay(Self.recording([whole]))
    _ = replay.stop(after: .seek(step: 2))
    replay.runner.send(.focus(Focus(node: "mul", followed: [FollowedCell(node: "mul", cell: 1)])))
    var moment = try #require(replay.moment { $0.moment?.focus == nil && $0.moment?.explanation != nil })
    #expect(moment.explanation?.work == nil, "it has not run yet")
    moment = try #require(replay.stop(after: .nextNode))
    #expect(moment.cell == 1 && moment.explanation?.work?.result == 3)
    #expect(moment.explanation?.work?.terms.first?.operands.first?.node == "w")
    #expect(moment.explanation?.pytorch == "relu(w)")
  }

  @Test func otherStepsSayWhichIsWhole() throws {
    let replay = try Self.replay(Self.recording([Self.whole(2)]))
    #expect(
      replay.runner.capabilities.obstacle(to: .changeValues)
        == "A recording of a script can only be looked at; nothing in it can be changed.")
    let moment = try #require(replay.stop(after: .seek(step: 4)))
    #expect(
      moment.limitation
        == "A script cannot be run again. The nearest step that was recorded whole: 2.")
    // The end of the whole step lies before it.
    _ = replay.stop(after: .seek(step: 3))
    let before = try #require(replay.stop(after: .previousNode))
    #expect(before.position == Position(step: 2, phase: .update, node: 0))
  }

  @Test func aReplayThatPlaysIsPausedAndGoneThrough() throws {
    // The second step is due long after the first.
    let recording = try Self.recording([Self.whole(2)], secondsPerStep: 1_000)
    let plan = ReplayPlan(recording, file: "run.tapedeck", speed: 1)
    let probe = RunProbe(
      .replay(plan) { ReplayedExperiment(nothingBecause: "A script cannot be run again.") }, isPaused: false)
    let paused = try #require(probe.stop(after: .pause))
    #expect(paused.position.step < 4)
    let moment = try #require(probe.stop(after: .seek(step: 2)))
    #expect(moment.position == .start(of: 2))
  }

  @Test func anInspectionOfAnotherStepNamesTheNearest() throws {
    func refusal(_ whole: [WholeStep], _ step: Int) -> String {
      let run = RecordedRun(Self.recording(whole), ReplayedExperiment(nothingBecause: "A script."))
      do {
        _ = try Inspection(run).moment(.init(step: step, phase: .update))
        return ""
      } catch { return "\(error)" }
    }
    let reason = "A script's steps cannot be computed again, and"
    #expect(
      try refusal([Self.whole(1), Self.whole(4)], 3)
        == "\(reason) step 3 was not recorded whole. The nearest steps that were recorded whole: 1 and 4.")
    #expect(
      try refusal([Self.whole(2)], 3)
        == "\(reason) step 3 was not recorded whole. The nearest step that was recorded whole: 2.")
    #expect(refusal([], 3) == "\(reason) none of this one was recorded whole.")
  }

  @Test func aNodeIsRunToByItsNameOrItsModule() throws {
    let replay = try Self.replay(Self.recording([Self.whole(2)]))
    _ = replay.stop(after: .seek(step: 2))
    let moment = try #require(replay.stop(after: .runTo(node: "layer")))
    #expect(moment.position == Position(step: 2, phase: .forward, node: 0))
  }

  private func divergence(_ left: MemoryRecording, _ right: MemoryRecording) throws -> Divergence {
    func side(_ recording: MemoryRecording) -> RunComparison.Side {
      RunComparison.Side(RecordedRun(recording, ReplayedExperiment(nothingBecause: "A script.")), hashes: [])
    }
    return try RunComparison(side(left), side(right)).divergence()
  }

  @Test func twoScriptsDivergeAtTheFirstNodeThatBothKept() throws {
    let left = try Self.recording([Self.whole(1)])
    let right = try Self.recording([Self.whole(1, weight: 4)], losses: [4, 2, 1, 0.5])
    #expect(
      try divergence(left, right)
        == .node(
          step: 1, phase: .batch,
          Divergence.Difference(node: "w", part: "value", left: 10.squareRoot(), right: 17.squareRoot())))
    // Where the step that differs was not recorded whole, only the steps between are known.
    let later = try Self.recording([Self.whole(1), Self.whole(4, weight: 9)], losses: [3, 7, 1, 0.5])
    let other = try Self.recording([Self.whole(1), Self.whole(4)])
    guard case .steps(let steps, let reason) = try divergence(later, other) else {
      Issue.record("expected steps")
      return
    }
    #expect(steps == 2...4 && reason.contains("first in w"))
  }

  @Test func withoutHashesOnlyTheNumbersOfTwoScriptsAreCompared() throws {
    #expect(try divergence(Self.recording([]), Self.recording([])) == .nowhereInNumbers(through: 4))
    let other = Self.recording([], losses: [3, 2, 7, 0.5])
    guard case .steps(let steps, let reason) = try divergence(Self.recording([]), other) else {
      Issue.record("expected steps")
      return
    }
    #expect(steps == 1...3)
    #expect(reason.hasPrefix("step 3 is the first whose loss, learning rate or gradient norms differ"))
  }
}
